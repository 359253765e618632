"""Runs the command line against a Discord elsewhere: REST address, gateway address, arguments."""

import sys

import discord.gateway
import discord.http
import yarl

from bot.cli import main

discord.http.Route.BASE = sys.argv[1]
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(sys.argv[2])
sys.argv[1:3] = []
main()
