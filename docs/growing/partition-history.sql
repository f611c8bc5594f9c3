-- The history of a register, kept by year: run once by the register's owner.
--
--     psql --single-transaction --set ON_ERROR_STOP=1 --file partition-history.sql \
--         'dbname=estates options=--search_path=kent'
--
-- Old years can then be vacuumed and put on slower disks by themselves, and a question about a year
-- reads that year alone. A year is that of the act. There are partitions up to five years from now;
-- what lies outside them goes to history_entry_other. To add a year before it begins:
--
--     CREATE TABLE kent.history_entry_2033 PARTITION OF kent.history_entry
--         FOR VALUES FROM ('2033-01-01') TO ('2034-01-01');

SELECT pg_advisory_xact_lock(1146310739, 'register'::regclass::oid::int); -- nobody writes meanwhile

ALTER TABLE history_entry RENAME TO history_entry_before;
ALTER TABLE history_entry_before RENAME CONSTRAINT pk_history_entry TO pk_before;
ALTER TABLE history_entry_before RENAME CONSTRAINT uq_history_entry_disposal_ref_no TO uq_before;
ALTER INDEX ix_history_entry_disposal_ref RENAME TO ix_before_disposal_ref;
ALTER INDEX ix_history_entry_on RENAME TO ix_before_on;

CREATE TABLE history_entry (
    LIKE history_entry_before INCLUDING DEFAULTS,
    -- What is unique in a partitioned table holds the column that it is parted by. That a case has
    -- each number once, whatever the year, the trigger at the end sees to.
    CONSTRAINT pk_history_entry PRIMARY KEY (id, "on"),
    CONSTRAINT uq_history_entry_disposal_ref_no UNIQUE (disposal_ref, no, "on"),
    CONSTRAINT fk_history_entry_disposal_ref FOREIGN KEY (disposal_ref)
        REFERENCES disposal (ref) DEFERRABLE INITIALLY DEFERRED
) PARTITION BY RANGE ("on");
CREATE INDEX ix_history_entry_disposal_ref ON history_entry (disposal_ref);
CREATE INDEX ix_history_entry_on ON history_entry ("on");
ALTER SEQUENCE history_entry_id_seq OWNED BY history_entry.id;

CREATE TABLE history_entry_other PARTITION OF history_entry DEFAULT;
DO $$
DECLARE
    this_year int := extract(year FROM current_date);
    first_year int := coalesce(
        (SELECT extract(year FROM min("on")) FROM history_entry_before), this_year
    );
BEGIN
    FOR each IN first_year..this_year + 5 LOOP
        EXECUTE format(
            'CREATE TABLE history_entry_%s PARTITION OF history_entry FOR VALUES FROM (%L) TO (%L)',
            each, make_date(each, 1, 1), make_date(each + 1, 1, 1)
        );
    END LOOP;
END $$;

INSERT INTO history_entry SELECT * FROM history_entry_before;
DROP TABLE history_entry_before;

-- The guards of every register, on the table that now stands for all years; and one of its own.
CREATE TRIGGER history_entry_is_kept BEFORE UPDATE OR DELETE ON history_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change('by');
CREATE TRIGGER history_entry_is_not_emptied BEFORE TRUNCATE ON history_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DO $$
DECLARE
    partition regclass;
BEGIN
    FOR partition IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'history_entry'::regclass
    LOOP
        EXECUTE format(
            'CREATE TRIGGER history_entry_is_not_emptied BEFORE TRUNCATE ON %s '
            'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', partition
        );
    END LOOP;
END $$;

CREATE FUNCTION refuse_second_number() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    is_there boolean;
BEGIN
    EXECUTE format(
        'SELECT EXISTS (SELECT 1 FROM %I.history_entry WHERE disposal_ref = $1 AND no = $2)',
        TG_TABLE_SCHEMA
    ) INTO is_there USING NEW.disposal_ref, NEW.no;
    IF is_there THEN RAISE EXCEPTION 'kept: history_entry is never altered or removed'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER history_entry_has_each_number_once BEFORE INSERT ON history_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_second_number();
