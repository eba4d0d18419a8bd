-- The paper, as readers see it. One text for both engines.
--
-- Whole numbers, yes/no and moments (milliseconds since 1970, UTC) are BIGINT.
-- Who is first in a list has place 1. `listed` is the moment a story was
-- published while readers may see it, and 0 while they may not: every list is
-- one walk down one index, however many drafts the archive holds.

CREATE TABLE section (
    id BIGINT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    place BIGINT NOT NULL
);

CREATE TABLE person (
    id BIGINT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    bio TEXT NOT NULL
);
CREATE INDEX person_name ON person (name);

CREATE TABLE media (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,       -- without ending; the file's name under /media/
    kind TEXT NOT NULL,              -- image or video
    file TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    small_file TEXT NOT NULL,        -- for lists; '' when there is none
    small_width BIGINT NOT NULL,
    caption TEXT NOT NULL,
    alt TEXT NOT NULL,
    credit TEXT NOT NULL
);

CREATE TABLE keyword (
    id BIGINT PRIMARY KEY,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    description TEXT NOT NULL,
    merged_into BIGINT NOT NULL,     -- 0, or the keyword that took its place
    stories BIGINT NOT NULL          -- how many listed stories carry it: a measure of how rare it is
);
-- A merged keyword gives its slug and name back.
CREATE UNIQUE INDEX keyword_slug ON keyword (slug) WHERE merged_into = 0;
CREATE UNIQUE INDEX keyword_name ON keyword (name) WHERE merged_into = 0;

CREATE TABLE keyword_alias (
    alias TEXT PRIMARY KEY,
    keyword BIGINT NOT NULL
) /* clustered */;
CREATE INDEX keyword_alias_keyword ON keyword_alias (keyword);
CREATE INDEX keyword_stories ON keyword (stories);

-- The story. The long columns come last, so that lists never read them from disk.
CREATE TABLE article (
    id BIGINT PRIMARY KEY,
    day BIGINT NOT NULL,             -- yyyymmdd of its address; given once
    state TEXT NOT NULL,             -- draft, review, scheduled, published, corrected, withdrawn
    listed BIGINT NOT NULL,
    published BIGINT NOT NULL,       -- first publication; for a scheduled story, when that is due
    updated BIGINT NOT NULL,         -- last change readers can see
    title TEXT NOT NULL,
    title_breaks TEXT NOT NULL,      -- where the headline may break, see phrase.h
    short_title TEXT NOT NULL,
    short_breaks TEXT NOT NULL,
    kicker TEXT NOT NULL,
    section BIGINT NOT NULL,
    hero BIGINT NOT NULL,            -- media, 0 = none
    has_video BIGINT NOT NULL,
    hide_from_latest BIGINT NOT NULL,
    adult BIGINT NOT NULL,
    version BIGINT NOT NULL,         -- grows by one with each change
    lead TEXT NOT NULL,
    hero_caption TEXT NOT NULL,
    hero_alt TEXT NOT NULL,
    hero_credit TEXT NOT NULL,
    social_title TEXT NOT NULL,
    seo_title TEXT NOT NULL,
    report_type TEXT NOT NULL,
    byline_text TEXT NOT NULL,
    warning TEXT NOT NULL,
    source TEXT NOT NULL,
    source_url TEXT NOT NULL,
    licence TEXT NOT NULL,
    language TEXT NOT NULL,
    words BIGINT NOT NULL,
    body TEXT NOT NULL               -- body v1, canonical JSON
);
CREATE INDEX article_day ON article (day, listed);
CREATE INDEX article_unlisted ON article (state, id) WHERE listed = 0;

-- Sections a story stands in; section 0 is the whole site's latest list.
CREATE TABLE article_section (
    section BIGINT NOT NULL,
    listed BIGINT NOT NULL,
    article BIGINT NOT NULL,
    PRIMARY KEY (section, listed, article)
) /* clustered */;
CREATE INDEX article_section_article ON article_section (article);

CREATE TABLE article_keyword (
    keyword BIGINT NOT NULL,
    listed BIGINT NOT NULL,
    article BIGINT NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (keyword, listed, article)
) /* clustered */;
CREATE INDEX article_keyword_article ON article_keyword (article, place);

-- Who made it. A byline without a page of its own has person 0 and only a name.
CREATE TABLE article_person (
    person BIGINT NOT NULL,
    listed BIGINT NOT NULL,
    article BIGINT NOT NULL,
    place BIGINT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (person, listed, article, place)
) /* clustered */;
CREATE INDEX article_person_article ON article_person (article, place);

-- Related stories an editor chose; others are found by keywords.
CREATE TABLE article_related (
    article BIGINT NOT NULL,
    place BIGINT NOT NULL,
    related BIGINT NOT NULL,
    PRIMARY KEY (article, place)
) /* clustered */;

-- What a story was before each change of it.
CREATE TABLE revision (
    article BIGINT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    reason TEXT NOT NULL,
    content TEXT NOT NULL,           -- the whole story as JSON
    PRIMARY KEY (article, version)
) /* clustered */;

-- What readers are told about a change.
CREATE TABLE correction (
    id BIGINT PRIMARY KEY,
    article BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,              -- correction, clarification, update
    note TEXT NOT NULL
);
CREATE INDEX correction_article ON correction (article, at);

CREATE TABLE flash (
    id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    listed BIGINT NOT NULL,          -- 1 while it is shown
    text TEXT NOT NULL,
    article BIGINT NOT NULL,         -- 0 = no story yet
    url TEXT NOT NULL
);
CREATE INDEX flash_listed ON flash (listed, at);

CREATE TABLE video (
    id BIGINT PRIMARY KEY,
    listed BIGINT NOT NULL,
    title TEXT NOT NULL,
    title_breaks TEXT NOT NULL,
    description TEXT NOT NULL,
    file TEXT NOT NULL,
    poster BIGINT NOT NULL,          -- media
    seconds BIGINT NOT NULL,
    section BIGINT NOT NULL
);
CREATE INDEX video_listed ON video (listed);
CREATE INDEX video_section ON video (section, listed);

CREATE TABLE video_keyword (
    video BIGINT NOT NULL,
    place BIGINT NOT NULL,
    keyword BIGINT NOT NULL,
    PRIMARY KEY (video, place)
) /* clustered */;
CREATE INDEX video_keyword_keyword ON video_keyword (keyword);

-- What editors placed: front 0 is the home page, others are sections.
-- Zones: lead, secondary, recommended.
CREATE TABLE front_slot (
    front BIGINT NOT NULL,
    zone TEXT NOT NULL,
    place BIGINT NOT NULL,
    article BIGINT NOT NULL,
    PRIMARY KEY (front, zone, place)
) /* clustered */;

-- Hot lists as they are shown; section 0 is the whole site.
CREATE TABLE hot (
    section BIGINT NOT NULL,
    span TEXT NOT NULL,              -- day or week
    place BIGINT NOT NULL,
    article BIGINT NOT NULL,
    PRIMARY KEY (section, span, place)
) /* clustered */;

-- Decayed counts of views as of `at`, what they are compared by (see
-- traffic_rules.h), and the plain sum. `section` is the story's at its last
-- view: the most read of a section are the end of one index.
CREATE TABLE view_count (
    article BIGINT PRIMARY KEY,
    section BIGINT NOT NULL,
    at BIGINT NOT NULL,
    day_score BIGINT NOT NULL,
    week_score BIGINT NOT NULL,
    day_rank BIGINT NOT NULL,
    week_rank BIGINT NOT NULL,
    total BIGINT NOT NULL
);
CREATE INDEX view_count_day ON view_count (section, day_rank, article);
CREATE INDEX view_count_week ON view_count (section, week_rank, article);

CREATE TABLE topic (
    id BIGINT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    title_breaks TEXT NOT NULL,
    description TEXT NOT NULL,
    listed BIGINT NOT NULL
);

CREATE TABLE topic_article (
    topic BIGINT NOT NULL,
    place BIGINT NOT NULL,
    article BIGINT NOT NULL,
    PRIMARY KEY (topic, place)
) /* clustered */;
CREATE INDEX topic_article_article ON topic_article (article);

CREATE TABLE page (
    id BIGINT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    place BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    body TEXT NOT NULL               -- body v1
);

-- Old addresses: of imported papers, renamed sections, merged keywords.
CREATE TABLE redirect (
    old TEXT PRIMARY KEY,            -- path and query as they were
    article BIGINT NOT NULL,         -- the story it leads to, or 0 and
    target TEXT NOT NULL             -- a path of this site
) /* clustered */;

-- Things that happen by the clock; fired by the desk as ordinary transactions.
CREATE TABLE timer (
    id BIGINT PRIMARY KEY,
    due BIGINT NOT NULL,
    kind TEXT NOT NULL,              -- see timers.def
    subject BIGINT NOT NULL
);
CREATE INDEX timer_due ON timer (due);

CREATE TABLE change (
    sequence BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    tags TEXT NOT NULL
);

-- Answers already given, by idempotency key.
CREATE TABLE operation (
    key TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    request_hash BIGINT NOT NULL,
    status BIGINT NOT NULL,
    answer TEXT NOT NULL
) /* clustered */;
CREATE INDEX operation_at ON operation (at);

-- Where each import stands, and which stories came from where.
CREATE TABLE import_file (
    name TEXT PRIMARY KEY,           -- the file's fingerprint
    label TEXT NOT NULL,             -- what it was called
    at BIGINT NOT NULL,              -- when it was last worked on
    position BIGINT NOT NULL,        -- lines done
    latest BIGINT NOT NULL,          -- the moment of the last story that told one
    stories BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    known BIGINT NOT NULL,
    pages BIGINT NOT NULL,
    skipped BIGINT NOT NULL,
    bad BIGINT NOT NULL,
    finished BIGINT NOT NULL,
    losses TEXT NOT NULL             -- JSON, see loss.h
) /* clustered */;

CREATE TABLE import_bad (
    file TEXT NOT NULL,
    line BIGINT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (file, line)
) /* clustered */;

CREATE TABLE import_item (
    source TEXT NOT NULL,
    external TEXT NOT NULL,
    article BIGINT NOT NULL,         -- 0: a static page
    hash BIGINT NOT NULL,            -- of what was read
    version BIGINT NOT NULL,         -- of the story when it was last imported
    PRIMARY KEY (source, external)
) /* clustered */;
