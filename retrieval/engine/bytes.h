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

/* A number of 1 to 4 bytes. */
static inline uint32_t read_narrow(const uint8_t *at, uint32_t width)
{
    uint32_t number = 0;
    for (uint32_t byte = 0; byte < width; byte++)
        number |= (uint32_t)at[byte] << 8 * byte;
    return number;
}

static inline void write_narrow(uint8_t *at, uint32_t number, uint32_t width)
{
    for (uint32_t byte = 0; byte < width; byte++)
        at[byte] = (uint8_t)(number >> 8 * byte);
}

/* The bytes that numbers below `of` take. */
static inline uint32_t width_below(uint32_t of)
{
    return of <= 1u << 8 ? 1 : of <= 1u << 16 ? 2 : of <= 1u << 24 ? 3 : 4;
}

static inline uint32_t lowest_bit(uint64_t word)
{
#if defined(__GNUC__)
    return (uint32_t)__builtin_ctzll(word);
#else
    uint32_t bit = 0;
    for (; !(word & 1u); word >>= 1)
        bit++;
    return bit;
#endif
}

#if defined(__GNUC__)
#define FETCH(address) __builtin_prefetch(address)
#else
#define FETCH(address) ((void)(address))
#endif

#endif
