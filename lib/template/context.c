/* context.c - the automaton behind context.h.
 *
 * One byte at a time, one function per group of places. It follows the HTML
 * standard's tokenizer where that matters for safety and is stricter where a
 * template author would only be surprised: an attribute name put together
 * from two sections is refused instead of guessed. Comparing whole parse trees
 * would catch unbalanced tags as well, but a part of a page need not balance.
 *
 * Invariant: outside PLACE_TEXT, PLACE_QUOTED, PLACE_TITLE, PLACE_CDATA and
 * the JSON places no value is ever accepted, so in all other places the literal
 * text alone decides where the cursor goes.
 */
#include "lib/template/context.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

/* --- the word being read ---------------------------------------------------- */

static void word_clear(struct cursor *cursor)
{
    cursor->word_length = 0;
}

static void word_add(struct cursor *cursor, char c)
{
    if (cursor->word_length < sizeof cursor->word)
        cursor->word[cursor->word_length] = lower(c);
    cursor->word_length++;
}

/* The word; its known beginning when it is longer than we care about. */
static struct str word(const struct cursor *cursor)
{
    return str_head((struct str){cursor->word, sizeof cursor->word}, cursor->word_length);
}

static bool word_is(const struct cursor *cursor, const char *text)
{
    return cursor->word_length <= sizeof cursor->word && str_equal(word(cursor), str_of(text));
}

static bool word_is_any(const struct cursor *cursor, const char *const list[])
{
    for (size_t i = 0; list[i]; i++)
        if (word_is(cursor, list[i]))
            return true;
    return false;
}

/* --- tags ------------------------------------------------------------------- */

static bool element_is(const struct cursor *cursor, const char *name)
{
    return strncmp(cursor->element, name, sizeof cursor->element) == 0;
}

/* The word was the tag's name. */
static void element_named(struct cursor *cursor)
{
    struct str name = word(cursor);

    memset(cursor->element, 0, sizeof cursor->element);
    if (name.n < sizeof cursor->element)
        memcpy(cursor->element, name.p, name.n);
    cursor->json = cursor->equiv = cursor->content = false;
}

/* The word was an attribute's name. */
static void attribute_named(struct cursor *cursor)
{
    static const char *const links[] = {"href",       "src",      "action",   "srcset",     "poster",
                                        "cite",       "data",     "ping",     "formaction", "xlink:href",
                                        "background", "longdesc", "manifest", NULL};

    cursor->attribute = ATTRIBUTE_PLAIN;
    if (cursor->language != LANGUAGE_HTML)
        return;
    if (word_is_any(cursor, links))
        cursor->attribute = ATTRIBUTE_LINK;
    else if (str_starts(word(cursor), STR("on")) || word_is(cursor, "style") || word_is(cursor, "srcdoc"))
        cursor->attribute = ATTRIBUTE_SCRIPT;
    else if (word_is(cursor, "type") && element_is(cursor, "script"))
        cursor->attribute = ATTRIBUTE_TYPE;
    else if (word_is(cursor, "content") && element_is(cursor, "meta"))
        cursor->attribute = ATTRIBUTE_CONTENT;
    else if (word_is(cursor, "http-equiv"))
        cursor->equiv = true;
}

static void value_ended(struct cursor *cursor)
{
    if (cursor->attribute == ATTRIBUTE_TYPE)
        cursor->json = word_is(cursor, "application/ld+json");
    cursor->attribute = ATTRIBUTE_PLAIN;
}

/* Behind the '>' of a tag. */
static const char *tag_ended(struct cursor *cursor)
{
    static const char *const raw[] = {"script", "style", "iframe", "xmp", "noembed", "noframes", "plaintext", NULL};

    cursor->place = PLACE_TEXT;
    word_clear(cursor);
    if (cursor->equiv && cursor->content)
        return "a meta element with http-equiv may not have a value in its content: it could send readers away";
    if (cursor->closing || cursor->language != LANGUAGE_HTML)
        return NULL;
    if (element_is(cursor, "script") && cursor->json)
        cursor->place = PLACE_JSON;
    else if (element_is(cursor, "title") || element_is(cursor, "textarea"))
        cursor->place = PLACE_TITLE;
    for (size_t i = 0; raw[i] && cursor->place == PLACE_TEXT; i++)
        if (element_is(cursor, raw[i]))
            cursor->place = PLACE_RAW;
    return NULL;
}

static void tag_opens(struct cursor *cursor, char c)
{
    if (c == '/' && !cursor->closing) {
        cursor->closing = true;
    } else if (is_letter(c) || (cursor->language == LANGUAGE_XML && (c == '_' || (unsigned char)c >= 0x80))) {
        cursor->place = PLACE_TAG_NAME;
        word_clear(cursor);
        word_add(cursor, c);
    } else if (c == '!' && !cursor->closing) {
        cursor->place = PLACE_DECLARATION;
        word_clear(cursor);
    } else if (c == '?' || cursor->closing) {
        cursor->place = c == '>' ? PLACE_TEXT : PLACE_BOGUS;
    } else if (c != '<') {
        cursor->place = PLACE_TEXT;
    }
}

static const char *tag_name(struct cursor *cursor, char c)
{
    if (!is_space(c) && c != '/' && c != '>') {
        word_add(cursor, c);
        return NULL;
    }
    element_named(cursor);
    cursor->place = PLACE_TAG;
    return c == '>' ? tag_ended(cursor) : NULL;
}

/* Between attributes, with or without one just named. */
static const char *between_attributes(struct cursor *cursor, char c)
{
    if (c == '>')
        return tag_ended(cursor);
    if (is_space(c) || c == '/') {
        if (cursor->place == PLACE_GAP || c == '/')
            cursor->place = PLACE_TAG;
        return NULL;
    }
    if (cursor->place == PLACE_GAP)
        return "white space must stand between a section and the next attribute or the rest of a name";
    if (cursor->place == PLACE_AFTER_NAME && c == '=') {
        cursor->place = PLACE_BEFORE_VALUE;
        return NULL;
    }
    cursor->place = PLACE_ATTRIBUTE;
    word_clear(cursor);
    word_add(cursor, c);
    return NULL;
}

static const char *attribute_name(struct cursor *cursor, char c)
{
    if (!is_space(c) && c != '/' && c != '>' && c != '=') {
        word_add(cursor, c);
        return NULL;
    }
    attribute_named(cursor);
    cursor->place = is_space(c) ? PLACE_AFTER_NAME : c == '=' ? PLACE_BEFORE_VALUE : PLACE_TAG;
    return c == '>' ? tag_ended(cursor) : NULL;
}

static const char *before_value(struct cursor *cursor, char c)
{
    if (is_space(c))
        return NULL;
    word_clear(cursor);
    if (c == '>')
        return tag_ended(cursor);
    cursor->quote = c;
    cursor->place = c == '"' || c == '\'' ? PLACE_QUOTED : PLACE_UNQUOTED;
    if (cursor->place == PLACE_UNQUOTED)
        word_add(cursor, c);
    return NULL;
}

static const char *attribute_value(struct cursor *cursor, char c)
{
    bool quoted = cursor->place == PLACE_QUOTED;

    if (quoted ? c != cursor->quote : !is_space(c) && c != '>') {
        word_add(cursor, c);
        return NULL;
    }
    value_ended(cursor);
    cursor->place = PLACE_TAG;
    return !quoted && c == '>' ? tag_ended(cursor) : NULL;
}

/* --- what is not tags --------------------------------------------------------- */

static void declaration(struct cursor *cursor, char c)
{
    word_add(cursor, c);
    cursor->dashes = 0;
    if (word_is(cursor, "--")) {
        cursor->dashes = 2; /* "<!-->" is a whole comment */
        cursor->place = PLACE_COMMENT;
    } else if (cursor->language == LANGUAGE_XML && word_is(cursor, "[cdata[")) {
        cursor->place = PLACE_CDATA;
    } else if (c == '>') {
        cursor->place = PLACE_TEXT;
    } else if (!str_starts(STR("[cdata["), word(cursor)) && !word_is(cursor, "-")) {
        cursor->place = PLACE_BOGUS;
    }
}

/* In a comment or CDATA section, which end with "-->" and "]]>". */
static void until_repeated(struct cursor *cursor, char c, char mark)
{
    if (c == '>' && cursor->dashes == 2)
        cursor->place = PLACE_TEXT;
    cursor->dashes = c != mark ? 0 : cursor->dashes < 2 ? cursor->dashes + 1 : 2;
}

/* In an element whose inside is not markup only its own end tag counts: true
 * when this byte completed that tag's name. */
static bool own_end(struct cursor *cursor, char c)
{
    if (c == '<') {
        word_clear(cursor);
        word_add(cursor, c);
        return false;
    }
    struct str name = str_from(word(cursor), 2);
    bool complete = (is_space(c) || c == '/' || c == '>') && str_starts(word(cursor), STR("</")) &&
                    str_equal(name, (struct str){cursor->element, strnlen(cursor->element, sizeof cursor->element)});
    word_add(cursor, c);
    return complete;
}

static void json(struct cursor *cursor, char c)
{
    if (cursor->place == PLACE_JSON_ESCAPE)
        cursor->place = PLACE_JSON_STRING;
    else if (cursor->place == PLACE_JSON_STRING)
        cursor->place = c == '"' ? PLACE_JSON : c == '\\' ? PLACE_JSON_ESCAPE : PLACE_JSON_STRING;
    else if (c == '"')
        cursor->place = PLACE_JSON_STRING;
}

static const char *unparsed(struct cursor *cursor, char c)
{
    bool ends = cursor->language == LANGUAGE_HTML && own_end(cursor, c);

    if (ends) {
        cursor->closing = true;
        cursor->place = PLACE_TAG;
        return c == '>' ? tag_ended(cursor) : NULL;
    }
    if (cursor->place == PLACE_JSON || cursor->place == PLACE_JSON_STRING || cursor->place == PLACE_JSON_ESCAPE)
        json(cursor, c);
    return NULL;
}

static const char *feed_byte(struct cursor *cursor, char c)
{
    switch (cursor->place) {
    case PLACE_TEXT:
        if (c == '<' && cursor->language != LANGUAGE_TEXT) {
            cursor->place = PLACE_TAG_OPEN;
            cursor->closing = false;
        }
        return NULL;
    case PLACE_TAG_OPEN: tag_opens(cursor, c); return NULL;
    case PLACE_TAG_NAME: return tag_name(cursor, c);
    case PLACE_TAG:
    case PLACE_GAP:
    case PLACE_AFTER_NAME: return between_attributes(cursor, c);
    case PLACE_ATTRIBUTE: return attribute_name(cursor, c);
    case PLACE_BEFORE_VALUE: return before_value(cursor, c);
    case PLACE_QUOTED:
    case PLACE_UNQUOTED: return attribute_value(cursor, c);
    case PLACE_DECLARATION: declaration(cursor, c); return NULL;
    case PLACE_BOGUS: cursor->place = c == '>' ? PLACE_TEXT : PLACE_BOGUS; return NULL;
    case PLACE_COMMENT: until_repeated(cursor, c, '-'); return NULL;
    case PLACE_CDATA: until_repeated(cursor, c, ']'); return NULL;
    case PLACE_RAW:
    case PLACE_TITLE:
    case PLACE_JSON:
    case PLACE_JSON_STRING:
    case PLACE_JSON_ESCAPE: return unparsed(cursor, c);
    }
    return NULL;
}

void cursor_start(struct cursor *cursor, enum language language)
{
    *cursor = (struct cursor){.language = language, .place = language == LANGUAGE_JSON ? PLACE_JSON : PLACE_TEXT};
}

const char *cursor_feed(struct cursor *cursor, struct str text, ptrdiff_t *link_at)
{
    *link_at = -1;
    for (size_t i = 0; i < text.n; i++) {
        bool opening = cursor->place == PLACE_BEFORE_VALUE;
        const char *wrong = feed_byte(cursor, text.p[i]);
        if (wrong)
            return wrong;
        if (opening && cursor->place == PLACE_QUOTED && cursor->attribute == ATTRIBUTE_LINK)
            *link_at = (ptrdiff_t)i + 1;
    }
    return NULL;
}

/* --- values ----------------------------------------------------------------- */

/* The literal beginning of an address makes all of it code. */
static bool begins_with_code(const struct cursor *cursor)
{
    struct str begin = str_trim(word(cursor));

    return str_starts(begin, STR("javascript:")) || str_starts(begin, STR("vbscript:")) ||
           str_starts(begin, STR("data:"));
}

static const char *value_in_attribute(struct cursor *cursor, struct printed value, enum escape *out)
{
    if (value.type == FIELD_TYPE_HTML)
        return "markup cannot stand in an attribute";
    *out = cursor->language == LANGUAGE_XML ? ESCAPE_XML : ESCAPE_HTML;
    switch (cursor->attribute) {
    case ATTRIBUTE_PLAIN: return NULL;
    case ATTRIBUTE_LINK:
        *out = ESCAPE_LINK;
        return begins_with_code(cursor) ? "an address that begins with javascript:, vbscript: or data: holds no value"
                                        : NULL;
    case ATTRIBUTE_SCRIPT: return "event handlers, style and srcdoc hold no values";
    case ATTRIBUTE_TYPE: return "the type of a script element holds no value";
    case ATTRIBUTE_CONTENT: cursor->content = true; return NULL;
    }
    return NULL;
}

static const char *value_in_text(const struct cursor *cursor, struct printed value, enum escape *out)
{
    if (cursor->language == LANGUAGE_TEXT) {
        *out = ESCAPE_NONE;
        return value.type == FIELD_TYPE_HTML && !value.raw ? "this is markup: print it with three braces, {{{ }}}"
                                                           : NULL;
    }
    if (cursor->place == PLACE_TITLE && value.type == FIELD_TYPE_HTML)
        return "markup cannot stand in title and textarea";
    if (value.type == FIELD_TYPE_HTML && !value.raw)
        return "this is markup: print it with three braces, {{{ }}}";
    if (cursor->place == PLACE_CDATA)
        *out = ESCAPE_CDATA;
    else if (value.type == FIELD_TYPE_HTML)
        *out = ESCAPE_NONE;
    else
        *out = cursor->language == LANGUAGE_XML ? ESCAPE_XML : ESCAPE_HTML;
    return NULL;
}

static const char *value_in_json(const struct cursor *cursor, struct printed value, enum escape *out)
{
    *out = cursor->language == LANGUAGE_JSON ? ESCAPE_JSON : ESCAPE_SCRIPT;
    if (cursor->place == PLACE_JSON_ESCAPE)
        return "a value cannot stand behind a backslash";
    if (value.raw)
        return "JSON has no unescaped values: use two braces";
    if (cursor->place == PLACE_JSON && !value.number)
        return "outside a JSON string only whole numbers can stand: put it between quotes";
    return NULL;
}

const char *cursor_value(struct cursor *cursor, struct printed value, enum escape *out)
{
    bool json_place =
        cursor->place == PLACE_JSON || cursor->place == PLACE_JSON_STRING || cursor->place == PLACE_JSON_ESCAPE;

    if (value.raw && value.type != FIELD_TYPE_HTML && cursor->language != LANGUAGE_TEXT && !json_place)
        return "three braces are for markup made by the program: use two";
    switch (cursor->place) {
    case PLACE_TEXT: return value_in_text(cursor, value, out);
    case PLACE_CDATA: cursor->dashes = 0; return value_in_text(cursor, value, out);
    case PLACE_TITLE: word_clear(cursor); return value_in_text(cursor, value, out);
    case PLACE_QUOTED: return value_in_attribute(cursor, value, out);
    case PLACE_JSON:
    case PLACE_JSON_STRING:
    case PLACE_JSON_ESCAPE: word_clear(cursor); return value_in_json(cursor, value, out);
    case PLACE_TAG_OPEN:
    case PLACE_TAG_NAME: return "a value cannot name an element";
    case PLACE_TAG:
    case PLACE_GAP:
    case PLACE_ATTRIBUTE:
    case PLACE_AFTER_NAME: return "a value cannot name an attribute";
    case PLACE_BEFORE_VALUE:
    case PLACE_UNQUOTED: return "a value in an attribute needs quotes around it";
    case PLACE_DECLARATION:
    case PLACE_BOGUS: return "declarations hold no values";
    case PLACE_COMMENT: return "comments hold no values";
    case PLACE_RAW: return "style and script elements hold no values (but type=\"application/ld+json\" may)";
    }
    return NULL;
}

/* --- sections --------------------------------------------------------------- */

static bool in_tag(enum place place)
{
    return place == PLACE_TAG || place == PLACE_GAP;
}

void cursor_boundary(struct cursor *cursor)
{
    switch (cursor->place) {
    case PLACE_TAG_NAME: element_named(cursor); break;
    case PLACE_ATTRIBUTE: attribute_named(cursor); break;
    case PLACE_UNQUOTED: value_ended(cursor); break;
    case PLACE_AFTER_NAME: break;
    default: return;
    }
    cursor->place = PLACE_GAP;
}

const char *cursor_merge(struct cursor *cursor, const struct cursor *other)
{
    bool same_tag = strncmp(cursor->element, other->element, sizeof cursor->element) == 0 &&
                    cursor->closing == other->closing && cursor->json == other->json;

    cursor->equiv |= other->equiv;
    cursor->content |= other->content;
    if (in_tag(cursor->place) && in_tag(other->place) && same_tag) {
        if (cursor->place != other->place)
            cursor->place = PLACE_GAP;
        return NULL;
    }
    if (cursor->place != other->place)
        return "the section does not end where it began (inside or outside of a tag, an attribute, a string ...)";
    if (cursor->place == PLACE_TEXT || cursor->language == LANGUAGE_JSON)
        return NULL;
    bool same_type = cursor->attribute != ATTRIBUTE_TYPE || cursor->word_length == other->word_length;
    if (!same_tag || !same_type || cursor->quote != other->quote || cursor->attribute != other->attribute)
        return "the section ends in another attribute or element than it began in";
    return NULL;
}

const char *cursor_end(const struct cursor *cursor)
{
    switch (cursor->place) {
    case PLACE_TEXT:
    case PLACE_TAG_OPEN: return NULL;
    case PLACE_COMMENT: return "the file ends inside a comment";
    case PLACE_JSON_STRING:
    case PLACE_JSON_ESCAPE: return "the file ends inside a JSON string";
    case PLACE_JSON:
        if (cursor->language == LANGUAGE_JSON)
            return NULL;
        return "the file ends inside a script element: its end tag is missing";
    case PLACE_RAW:
    case PLACE_TITLE: return "the file ends inside an element that holds no markup: its end tag is missing";
    default: return "the file ends inside a tag";
    }
}
