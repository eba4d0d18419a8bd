/* old_address.h - addresses as they stand in old pages: links, things embedded from elsewhere, pictures. */
#ifndef HAOWAI_IMPORTING_OLD_ADDRESS_H
#define HAOWAI_IMPORTING_OLD_ADDRESS_H

#include "lib/base/str.h"

/* A link as a story may keep it: an http(s) address, or a path of this site for what was a page of `site`
 * ("https://example.org", or ""), since old addresses lead on by redirect. False for any other kind of address. */
bool old_link(struct arena *arena, struct str site, struct str address, struct str *out);

/* What the embed block of body v1 knows: "youtube", "x", "facebook", "instagram", "threads", with one spelling per
 * thing. False for addresses of anything else. */
struct old_embed {
    struct str kind, href;
};
bool old_embed(struct arena *arena, struct str address, struct old_embed *out);

/* The media name for the picture at an address: "2019-05-harbour" for ".../uploads/2019/05/harbour-1024x768.jpg". Its
 * file is not in the archive; it is found once it lies in media/ under that name. "" for an address of no file. */
struct str old_picture_name(struct arena *arena, struct str address);

/* "example.org" of "https://www.Example.org:8080/a": small letters, no port, no "www."; "" when there is none. */
struct str old_host(struct arena *arena, struct str address);

#endif
