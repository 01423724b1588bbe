-- Where words stand is kept in the steps from one to the next, a byte each, which takes a quarter of the space.
-- The index of copies is made anew by the code that writes them.

alter table copies.articles rename begins to steps;  -- by word: characters since the word before began, in bytes below
                                                      -- 255; 255 adds itself to the next byte
