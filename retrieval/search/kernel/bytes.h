/* Little-endian numbers in a mapped file, and what a look into it can end with. */
#ifndef PULLQUOTE_BYTES_H
#define PULLQUOTE_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define ABSENT 0
#define PRESENT 1
#define DAMAGED (-1)
#define NO_ROOM (-2)

#define EACH 0x0101010101010101u /* each byte of a word */

static inline uint32_t read16(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static inline uint32_t read32(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static inline uint64_t read64(const uint8_t *at)
{
    return read32(at) | (uint64_t)read32(at + 4) << 32;
}

#if defined(__GNUC__)
#define FETCH(address) __builtin_prefetch(address)
#else
#define FETCH(address) ((void)(address))
#endif

#endif
