package dev.gatefold.executor.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.migration.MigrationFolder.Entry;
import dev.gatefold.executor.migration.MigrationFolder.Entry.State;
import dev.gatefold.planner.change.ChangeName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationFolderTest {

  private static final Instant NOW = Instant.parse("2026-11-21T00:07:09Z");
  private static final Migration RENAME =
      new Migration(
          new ChangeName("users-full-name"),
          List.of("ALTER TABLE public.users RENAME name TO full_name"));

  @TempDir private Path folder;

  private Entry add(Migration migration) throws Exception {
    return new MigrationFolder(folder).add(migration, NOW);
  }

  @Test
  void whatIsWrittenIsOneStatementThatAsksFirst() throws Exception {
    assertThat(add(RENAME)).isEqualTo(new Entry(Path.of("V1__users-full-name.sql"), State.WRITTEN));
    assertThat(folder.resolve("V1__users-full-name.sql"))
        .hasContent(
            """
            -- Gatefold, change users-full-name, direct DDL fa8f0d1a714523ea
            --
            -- Written by "gatefold plan --flyway". A database that Gatefold changes is left as it is: the migration
            -- passes where Gatefold serves the new shape of the tables, and stops where it does not yet. Any other,
            -- a fresh one or that of a test, gets the new shape by the statements below.
            DO $gatefold$
            DECLARE
              path CONSTANT text := pg_catalog.current_setting('search_path');
            BEGIN
              IF EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'gatefold') THEN
                IF NOT pg_catalog.has_schema_privilege('gatefold', 'USAGE') THEN
                  RAISE EXCEPTION 'role % may not ask Gatefold about change %', current_user, 'users-full-name'
                    USING ERRCODE = 'insufficient_privilege',
                      HINT = pg_catalog.format('Let a DBA run: GRANT USAGE ON SCHEMA gatefold TO %I', current_user);
                ELSIF pg_catalog.to_regprocedure('gatefold.wants_direct_ddl(text)') IS NULL THEN
                  RAISE EXCEPTION 'the schema gatefold of this database cannot be asked about change %', 'users-full-name'
                    USING ERRCODE = 'object_not_in_prerequisite_state',
                      HINT = 'Bring it up to date: run "gatefold init" of the version that wrote this migration.';
                ELSIF NOT gatefold.wants_direct_ddl('users-full-name') THEN
                  RETURN;
                END IF;
              END IF;
              SET LOCAL search_path TO pg_catalog, pg_temp;
              EXECUTE $ddl$ALTER TABLE public.users RENAME name TO full_name$ddl$;
              PERFORM pg_catalog.set_config('search_path', path, true);
            END
            $gatefold$;
            """);
  }

  @Test
  void theVersionFollowsThoseOfAllFoldersBelow() throws Exception {
    Files.createDirectories(folder.resolve("2025/autumn"));
    Files.writeString(folder.resolve("V1__a.sql"), "");
    Files.writeString(folder.resolve("2025/autumn/V8__b.sql"), "");
    assertThat(add(RENAME).file()).hasToString("V9__users-full-name.sql");
  }

  /** It may have been given another version, and another place, before anybody ran it. */
  @Test
  void aMigrationOfTheChangeIsLeftAsItIs() throws Exception {
    add(RENAME);
    Path moved = Files.createDirectories(folder.resolve("orders")).resolve("V7.1__full_name.sql");
    Files.move(folder.resolve("V1__users-full-name.sql"), moved);
    String windows = Files.readString(moved).replace("\n", "\r\n");
    Files.writeString(moved, windows + "-- a remark\r\n");

    assertThat(add(RENAME)).isEqualTo(new Entry(folder.relativize(moved), State.KNOWN));
    assertThat(add(new Migration(RENAME.change(), List.of("SELECT 1"))))
        .isEqualTo(new Entry(folder.relativize(moved), State.OTHER));
    assertThat(Files.readString(moved)).isEqualTo(windows + "-- a remark\r\n");

    // Another change, whose name goes on where this one's ends.
    assertThat(add(new Migration(new ChangeName("users-full-name-2"), RENAME.statements())))
        .isEqualTo(new Entry(Path.of("V7.2__users-full-name-2.sql"), State.WRITTEN));
  }
}
