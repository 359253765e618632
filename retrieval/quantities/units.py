"""Units of measure, time and money: the ways of writing one, what it measures, how large it is."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple


class Unit(NamedTuple):
    """A unit under one name.

    Attributes:
        name: The same for all ways of writing it; a currency's ISO 4217 code.
        dimension: What it measures; only values of one dimension compare.
        factor: How many of the dimension's own unit it is.
    """

    name: str
    dimension: str
    factor: Fraction


# dimension: name = factor: ways of writing it (a plural "s" is understood for whole words)
_TABLE = """
length: millimetre 0.001 mm millimetre millimeter
length: centimetre 0.01 cm centimetre centimeter
length: metre 1 m metre meter
length: kilometre 1000 km kms kilometre kilometer
length: micrometre 0.000001 µm μm micrometre micrometer micron
length: nanometre 0.000000001 nm nanometre nanometer
length: inch 0.0254 inch inches
length: foot 0.3048 ft ft. foot feet
length: yard 0.9144 yd yd. yard
length: mile 1609.344 mi mi. mile
length: nautical-mile 1852 nmi nautical-mile
length: light-year 9460730472580800 ly light-year
mass: microgram 0.000000001 µg μg mcg microgram
mass: milligram 0.000001 mg milligram
mass: gram 0.001 g gram gramme
mass: kilogram 1 kg kgs kilo kilogram kilogramme
mass: tonne 1000 t tonne metric-ton
mass: kilotonne 1000000 kt kilotonne
mass: megatonne 1000000000 Mt megatonne
mass: ton 907.18474 ton
mass: ounce 0.0283495 oz oz. ounce
mass: pound 0.45359237 lb lb. lbs lbs. pound
area: square-metre 1 m² m2 sq-m square-metre square-meter
area: square-kilometre 1000000 km² km2 sq-km square-kilometre square-kilometer
area: square-mile 2589988.11 mi² sq-mi square-mile
area: square-foot 0.09290304 sq-ft ft² square-foot square-feet
area: hectare 10000 ha hectare
area: acre 4046.8564 acre
volume: microlitre 0.000001 µl μl µL μL microlitre microliter
volume: millilitre 0.001 ml mL millilitre milliliter cc
volume: litre 1 l L litre liter
volume: gallon 3.785411784 gal gallon
volume: barrel 158.987294928 bbl barrel
volume: cubic-metre 1000 m³ cubic-metre cubic-meter
speed: kilometre-per-hour 1 km/h kph kmh
speed: mile-per-hour 1.609344 mph
speed: knot 1.852 kn knot
temperature-c: celsius 1 °C °-C °c celsius degrees-celsius
temperature-f: fahrenheit 1 °F °-F °f fahrenheit degrees-fahrenheit
angle: degree 1 ° degree
power: watt 1 W watt
power: kilowatt 1000 kW kilowatt
power: megawatt 1000000 MW megawatt
power: gigawatt 1000000000 GW gigawatt
power: horsepower 745.7 hp horsepower
energy: calorie 1 cal calorie
energy: kilocalorie 1000 kcal kilocalorie
energy: joule 0.2390057 J joule
energy: kilojoule 239.0057 kJ kilojoule
energy: kilowatt-hour 860420.65 kWh kilowatt-hour
energy: megawatt-hour 860420650 MWh megawatt-hour
energy: gigawatt-hour 860420650000 GWh gigawatt-hour
energy: terawatt-hour 860420650000000 TWh terawatt-hour
frequency: hertz 1 Hz hertz
frequency: kilohertz 1000 kHz kilohertz
frequency: megahertz 1000000 MHz megahertz
frequency: gigahertz 1000000000 GHz gigahertz
data: kilobyte 1000 kB KB kilobyte
data: megabyte 1000000 MB megabyte
data: gigabyte 1000000000 GB gigabyte
data: terabyte 1000000000000 TB terabyte
voltage: volt 1 V volt
pressure: mmhg 1 mmHg
pressure: pascal 0.00750062 Pa pascal
pressure: kilopascal 7.50062 kPa kilopascal
duration: millisecond 0.001 ms millisecond
duration: second 1 s sec sec. secs second
duration: minute 60 min min. mins minute
duration: hour 3600 h hr hr. hrs hour
duration: day 86400 day
duration: night 86400 night
duration: week 604800 wk wks week
duration: month 2629800 month
duration: year 31557600 yr yr. yrs year
duration: decade 315576000 decade
duration: century 3155760000 century centuries
duration: millennium 31557600000 millennium millennia
money: USD 1 US-dollar U.S.-dollar American-dollar dollar USD
money: AUD 1 Australian-dollar AUD
money: CAD 1 Canadian-dollar CAD
money: HKD 1 Hong-Kong-dollar HKD
money: NZD 1 New-Zealand-dollar NZD
money: SGD 1 Singapore-dollar SGD
money: EUR 1 euro EUR
money: GBP 1 pound-sterling pounds-sterling GBP
money: JPY 1 yen JPY
money: CNY 1 yuan renminbi CNY RMB
money: INR 1 rupee INR
money: RUB 1 ruble rouble RUB
money: KRW 1 won KRW
money: CHF 1 Swiss-franc CHF
money: SEK 1 Swedish-krona Swedish-kronor SEK
money: BRL 1 reais BRL
money: cent 0.01 cent
percent: percent 1 % percent per-cent pct
point: percentage-point 1 percentage-point
"""

SYMBOLS = {
    "$": "USD", "US$": "USD", "USD": "USD", "A$": "AUD", "AU$": "AUD", "AUD": "AUD", "C$": "CAD",
    "CA$": "CAD", "CAD": "CAD", "HK$": "HKD", "NZ$": "NZD", "S$": "SGD", "€": "EUR", "EUR": "EUR",
    "£": "GBP", "GBP": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "CHF": "CHF",
}  # fmt: skip
"""What stands before an amount of money, and its ISO 4217 code."""

PREFIX = "(?:" + "|".join(re.escape(s) for s in sorted(SYMBOLS, key=len, reverse=True)) + ")"


def _table() -> dict[str, Unit]:
    written: dict[str, Unit] = {}
    for line in _TABLE.split("\n")[1:-1]:
        dimension, name, factor, *ways = line.replace(":", "").split()
        scope = f"money-{name}" if dimension == "money" else dimension
        unit = Unit(name, scope, Fraction(factor))
        for way in ways:
            spaced = way.replace("-", " ")
            written[spaced] = unit
            if way.replace("-", "").isalpha() and way.islower() and len(way) > 2 and way[-1] != "s":
                written.setdefault(spaced + "s", unit)
    return written


_WRITTEN = _table()
_WAYS = sorted(_WRITTEN, key=lambda way: (-len(way), way))
UNIT = re.compile(
    r"[\s\u00a0-]?(?P<unit>"
    + "|".join(re.escape(way).replace(r"\ ", r"[\s-]") for way in _WAYS)
    + r")(?![\w²³])"
)
"""A unit behind a number, with what parts them."""


def find_unit(way: str) -> Unit:
    """The unit that `UNIT` matched, as it was written."""
    return _WRITTEN[re.sub(r"[\s-]", " ", way)]


def are_one_unit(one: str, other: str) -> bool:
    """Whether two words write one unit: "t" and "tonnes"."""
    return one in _WRITTEN and _WRITTEN[one] == _WRITTEN.get(other)


_NAMED = {unit.name: unit for unit in _WRITTEN.values()}


def scale(name: str) -> tuple[str, Fraction]:
    """What a unit measures, and how many of the dimension's own unit it is.

    Args:
        name: A unit's name; behind "/" the rate, which is not converted. "" is a plain count.
    """
    base, parting, rate = name.partition("/")
    unit = _NAMED.get(base)
    if unit is None:
        return name, Fraction(1)
    return unit.dimension + parting + rate, unit.factor
