/* proxy.c - who a reader is when proxies stand between.
 *
 * X-Forwarded-For is a list that every proxy adds to at its end, so it is read from the end: as long as the address
 * that reported is trusted, the one before it is believed. Reading from the front would let any reader invent itself
 * an address. Without trusted proxies the header means nothing.
 */
#include "lib/http/inside.h"

#include <arpa/inet.h>

bool address_parse(struct str text, struct address *out)
{
    char name[INET6_ADDRSTRLEN];
    struct in_addr four;

    *out = (struct address){0};
    if (!text.n || text.n >= sizeof name || memchr(text.p, '\0', text.n))
        return false;
    memcpy(name, text.p, text.n);
    name[text.n] = '\0';
    if (inet_pton(AF_INET, name, &four) == 1) {
        out->bytes[10] = out->bytes[11] = 0xff;
        memcpy(out->bytes + 12, &four, 4);
        return true;
    }
    return inet_pton(AF_INET6, name, out->bytes) == 1;
}

static bool parse_block(struct str text, struct proxies *out)
{
    struct str rest = text;
    struct str base = str_cut(&rest, '/');
    bool is_four = str_find_char(base, ':', 0) < 0;
    int64_t bits = is_four ? 32 : 128;
    struct address address;

    if (!address_parse(base, &address) || out->count == sizeof out->blocks / sizeof *out->blocks)
        return false;
    if (rest.p && (!str_to_int(rest, &bits) || bits < 0 || bits > (is_four ? 32 : 128)))
        return false;
    memcpy(out->blocks[out->count].bytes, address.bytes, 16);
    out->blocks[out->count++].bits = (int)bits + (is_four ? 96 : 0);
    return true;
}

bool proxies_parse(struct str list, struct proxies *out)
{
    *out = (struct proxies){0};
    for (struct str rest = list; rest.p;) {
        struct str word = str_trim(str_cut(&rest, ' '));
        if (str_equal(word, STR("local")))
            out->local = true;
        else if (word.n && !parse_block(word, out))
            return false;
    }
    return true;
}

static bool in_block(const unsigned char *address, const unsigned char *base, int bits)
{
    int whole = bits / 8, rest = bits % 8;

    if (memcmp(address, base, (size_t)whole) != 0)
        return false;
    return rest == 0 || (address[whole] ^ base[whole]) >> (8 - rest) == 0;
}

bool proxies_trust(const struct proxies *proxies, const struct address *peer)
{
    if (peer->is_local)
        return proxies->local;
    for (size_t i = 0; i < proxies->count; i++)
        if (in_block(peer->bytes, proxies->blocks[i].bytes, proxies->blocks[i].bits))
            return true;
    return false;
}

static struct str cut_last(struct str *rest)
{
    const char *comma = memrchr(rest->p, ',', rest->n);
    struct str part = comma ? str_from(*rest, (size_t)(comma - rest->p) + 1) : *rest;

    *rest = comma ? str_head(*rest, (size_t)(comma - rest->p)) : (struct str){NULL, 0};
    return str_trim(part);
}

void proxies_apply(const struct proxies *proxies, struct http_request *request)
{
    struct str scheme = http_header(request, STR("x-forwarded-proto"));
    struct address address;

    if (scheme.p)
        request->secure = str_equal_nocase(cut_last(&scheme), STR("https"));
    for (struct str rest = http_header(request, STR("x-forwarded-for")); rest.p;) {
        struct str text = cut_last(&rest);
        if (!address_parse(text, &address))
            return;
        request->client = text;
        if (!proxies_trust(proxies, &address))
            return;
    }
}
