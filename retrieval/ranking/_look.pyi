VERSION: int

def look(
    words: int, *parts: object
) -> tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes, int, int]: ...
