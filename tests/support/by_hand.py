"""What the source says of areas, read by hand: Figure 2, and what follows from it for two
themes."""

from __future__ import annotations

CRC, WRAP, ALLIANCE = "minerva-crc", "minerva-wraparound", "south-london-alliance"

NONE = {
    "Barnet",
    "Bexley",
    "Bromley",
    "Kingston upon Thames",
    "Merton",
    "Richmond upon Thames",
    "Tower Hamlets",
}
UNSTATED = {"Greenwich", "City of London"}
CRC_ALONE = {"Enfield", "Hackney", "Redbridge"}
CRC_AND_WRAP = {
    *(
        "Barking and Dagenham",
        "Brent",
        "Camden",
        "Ealing",
        "Hammersmith and Fulham",
        "Haringey",
        "Havering",
        "Hillingdon",
        "Hounslow",
    ),
    *("Islington", "Kensington and Chelsea", "Newham", "Waltham Forest", "Westminster"),
}
ALLIANCE_ALONE = {"Lambeth", "Sutton", "Wandsworth"}
CRC_AND_ALLIANCE = {"Croydon", "Lewisham", "Southwark"}
IN_WRAP = {"Harrow", *CRC_AND_WRAP}
IN_ALLIANCE = ALLIANCE_ALONE | CRC_AND_ALLIANCE

# A target of Minerva WrapAround alone. By April 2020 Minerva CRC's contract has ended, by April
# 2021 all.
YOUNG_WOMEN = {
    f"target-{WRAP}": IN_WRAP,
    "not_named": CRC_ALONE | IN_ALLIANCE,
    "none": NONE,
    "not_stated": UNSTATED,
}
YOUNG_WOMEN_2020 = {
    f"target-{WRAP}": IN_WRAP,
    "not_named": IN_ALLIANCE,
    "lapsed": CRC_ALONE,
    "none": NONE,
    "not_stated": UNSTATED,
}
ALL_ENDED = {"lapsed": IN_WRAP | CRC_ALONE | IN_ALLIANCE, "none": NONE, "not_stated": UNSTATED}
# One key worker in both co-commissioned services, and no target.
FOREIGN_NATIONAL = {
    f"named-{WRAP}": IN_WRAP,
    f"named-{ALLIANCE}": IN_ALLIANCE,
    "not_named": CRC_ALONE,
    "none": NONE,
    "not_stated": UNSTATED,
}
YOUNG_AND_FOREIGN_NATIONAL = {
    "all": IN_WRAP,
    "some": IN_ALLIANCE,
    "none": CRC_ALONE | NONE,
    "not_stated": UNSTATED,
}
