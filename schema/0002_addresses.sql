-- Site maps list two thousand stories at a time without reading one of them.
CREATE INDEX article_addresses ON article (id, day, published, updated) WHERE listed > 0;
