"""Replays scripts of questions and reports what came: a server's questions as a test."""

from bot.replay.loading import Loaded, load
from bot.replay.runner import Answers, Outcome, run_case
from bot.replay.script import Case, Script
from bot.replay.session import replay_files

__all__ = ["Answers", "Case", "Loaded", "Outcome", "Script", "load", "replay_files", "run_case"]
