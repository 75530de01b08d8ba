"""Decodes each line of hex with the msgpack package and encodes the values again: prints the hex of what comes out."""
import sys

import msgpack

for line in sys.stdin:
    unpacker = msgpack.Unpacker(raw=False, strict_map_key=True, max_buffer_size=1 << 24)
    unpacker.feed(bytes.fromhex(line.strip()))
    print(b"".join(msgpack.packb(value, use_bin_type=True) for value in unpacker).hex())
