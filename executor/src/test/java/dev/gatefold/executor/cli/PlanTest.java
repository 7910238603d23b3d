package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.plan.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

  private static final String FILE =
      "change: total\noperations: [{rename_column: {table: o, column: a, to: b}}]\n";

  @TempDir private Path folder;
  private CommandRun command;

  @BeforeEach
  void start() throws Exception {
    command = new CommandRun(folder);
    Files.writeString(folder.resolve("total.yaml"), FILE);
  }

  @Test
  void aReviewerSeesStagesLocksDeploysHazardsAndWhatIsFinal() {
    assertThat(command.run("plan", "total.yaml")).isZero();
    assertThat(command.lines())
        .isEqualTo(
            """
            Plan of total: 3 stages, 4 steps (fingerprint %s)

            Tables
              public.orders: about 1,200,000 rows, 412 MB, 5,120 rows written and unknown scans an hour

            Stage expand (can be undone)
               1. add column  public.orders  ACCESS EXCLUSIVE       stops reads and writes, milliseconds

            Stage backfill (can be undone)
               1. backfill rows  public.orders  ROW EXCLUSIVE          stops nothing, batches
                  along its blocks
               2. build index    public.orders  SHARE UPDATE EXCLUSIVE stops nothing, online

            Stage drop (cannot be undone)
               1. drop column  public.orders  ACCESS EXCLUSIVE       stops reads and writes, milliseconds

            How long locks are held
              milliseconds: metadata only; the lock is asked for 100 ms at a time, again and again until it is granted
              online: beside traffic, for as long as the table is big
              batches: row locks alone, those of one batch of about 20 ms at a time

            When applications deploy
              once backfilled: deploy the version that uses n

            Hazards
              warning drop-is-final, public.orders: the old column goes for good
                Cure: Take a backup.

            What cannot be undone
              drop, drop column: the old values are gone

            What was not seen
              the applications

            Nothing was changed. Next: gatefold submit total.yaml
            """
                .formatted(Plans.ofTotal().fingerprint())
                .lines()
                .toList());
  }

  @Test
  void jsonHasTheShapeOfTheContract() {
    assertThat(command.run("plan", "total.yaml", "-o", "json")).isZero();
    assertThat(command.out())
        .isEqualTo(
            """
            {"change":"total","fingerprint":"%s","stages":[\
            {"phase":"expand","stage":"expand","reversible":true,"steps":[\
            {"id":"expand.columns","kind":"add column","sql":["ALTER TABLE o ADD n int"],\
            "lock":"ACCESS EXCLUSIVE","tables":["public.orders"],"transactional":true,\
            "blocks":["reads","writes"],"lasts":"milliseconds",\
            "undo":["ALTER TABLE o\\n  DROP n;"]}]},\
            {"phase":"backfill","stage":"backfill","reversible":true,"steps":[\
            {"id":"backfill.rows","kind":"backfill rows","sql":["UPDATE o SET n = o"],\
            "lock":"ROW EXCLUSIVE","tables":["public.orders"],"transactional":false,\
            "blocks":[],"lasts":"batches","rows_along":"its blocks","undo":[]},\
            {"id":"backfill.index","kind":"build index",\
            "sql":["CREATE INDEX CONCURRENTLY i ON o (n)"],"lock":"SHARE UPDATE EXCLUSIVE",\
            "tables":["public.orders"],"transactional":false,"blocks":[],"lasts":"online","undo":[]}]},\
            {"phase":"contract","stage":"drop","reversible":false,"steps":[\
            {"id":"drop.columns","kind":"drop column","sql":["ALTER TABLE o DROP o"],\
            "lock":"ACCESS EXCLUSIVE","tables":["public.orders"],"transactional":true,\
            "blocks":["reads","writes"],"lasts":"milliseconds",\
            "undo":null}]}],"hazards":[{"code":"drop-is-final","severity":"warning",\
            "object":"public.orders","message":"the old column goes for good",\
            "cure":"Take a backup."}],\
            "deploys":["once backfilled: deploy the version that uses n"],\
            "final":[{"stage":"drop","step":"drop.columns","reason":"the old values are gone"}],\
            "tables":[{"table":"public.orders","rows":1200000,"bytes":432013312,\
            "rows_written_per_hour":5120,"scans_per_hour":null}],"unseen":["the applications"]}
            """
                .formatted(Plans.ofTotal().fingerprint()));
  }

  @Test
  void theScriptHasEveryStageAndItsUndoCommentedOut() {
    assertThat(command.run("plan", "total.yaml", "-o", "sql")).isZero();
    assertThat(command.out())
        .contains(
            """
            -- ==== stage expand ====

            -- expand.columns: add column; ACCESS EXCLUSIVE on "public"."orders"; in one transaction
            BEGIN;
            SET LOCAL lock_timeout = '100ms';
            ALTER TABLE o ADD n int;
            COMMIT;

            -- ---- undo of stage expand ----

            -- -- expand.columns.undo: drop column; ACCESS EXCLUSIVE on "public"."orders"; in one transaction
            -- BEGIN;
            -- SET LOCAL lock_timeout = '100ms';
            -- ALTER TABLE o
            --   DROP n;
            -- COMMIT;
            """)
        .contains("-- drop.columns cannot be undone: the old values are gone")
        .doesNotContain(";;");
  }

  @Test
  void markdownIsMadeForAPullRequest() {
    assertThat(command.run("plan", "total.yaml", "-o", "markdown")).isZero();
    assertThat(command.out())
        .startsWith(
            """
            ## Plan of `total`

            3 stages: **expand**, **backfill**, **drop**; fingerprint `%s`. **Point of no return**: stage **drop**, drop column (the old values are gone).

            | table | rows | size | rows written an hour | scans an hour |
            |---|---|---|---|---|
            | `public.orders` | about 1,200,000 rows | 412 MB | 5,120 | unknown |

            ### Stages

            | stage | step | on | lock | stops | lasts |
            |---|---|---|---|---|---|
            | **expand** | add column | `public.orders` | ACCESS EXCLUSIVE | reads and writes | milliseconds |
            | **backfill** | backfill rows, along its blocks | `public.orders` | ROW EXCLUSIVE | nothing | batches |
            |  | build index | `public.orders` | SHARE UPDATE EXCLUSIVE | nothing | online |
            | **drop** (final) | drop column | `public.orders` | ACCESS EXCLUSIVE | reads and writes | milliseconds |

            - *milliseconds*: metadata only; the lock is asked for 100 ms at a time, again and again until it is granted
            - *online*: beside traffic, for as long as the table is big
            - *batches*: row locks alone, those of one batch of about 20 ms at a time

            ### When applications deploy

            - once backfilled: deploy the version that uses n

            ### Hazards

            - **warning** `drop-is-final`, `public.orders`: the old column goes for good. *Cure*: Take a backup.

            ### What was not seen

            - the applications

            <details><summary>SQL of every stage, with its undo</summary>

            ```sql
            -- Change total, plan %s
            """
                .formatted(Plans.ofTotal().fingerprint(), Plans.ofTotal().fingerprint()))
        .endsWith("```\n\n</details>\n");
  }

  @Test
  void aRefusalIsNoPlan() {
    command.rollouts.planning =
        new Refusal(List.of(new Refusal.Reason("no-key", "public.o", "no key", "Add one.")));
    assertThat(command.run("plan", "total.yaml")).isEqualTo(3);
    assertThat(command.err()).contains("no-key, public.o: no key", "Add one.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "change: total|operations",
        "chnge: total|bad.yaml, line 1",
        "change: Total|is not a name",
        "'change: a\nchange: b'|line 2",
        "[|not YAML"
      })
  void aChangeFileThatIsNoneIsTold(String yaml, String told) throws Exception {
    Files.writeString(folder.resolve("bad.yaml"), yaml);
    for (String verb : List.of("plan", "submit")) {
      assertThat(command.run(verb, "bad.yaml")).isEqualTo(2);
      assertThat(command.err()).startsWith("gatefold: bad.yaml").contains(told);
      assertThat(command.rollouts.asked).isEmpty();
    }
  }

  @Test
  void aNewFileCanBeReadAndIsNeverOverwritten() throws Exception {
    command.environment.remove("GATEFOLD_URL");
    assertThat(command.run("new", "orders-total")).isZero();
    Path file = folder.resolve("orders-total.yaml");
    String text = Files.readString(file);
    assertThat(ChangeFile.read("x", text).name().value()).isEqualTo("orders-total");

    Files.writeString(file, "mine");
    assertThat(command.run("new", "orders-total")).isEqualTo(2);
    assertThat(command.err()).contains("orders-total.yaml exists already");
    assertThat(file).hasContent("mine");
  }

  @Test
  void theScriptForTheDbaNeedsNoDatabase() {
    command.environment.remove("GATEFOLD_URL");
    assertThat(command.run("init", "-o", "sql")).isZero();
    assertThat(command.out())
        .contains("CREATE SCHEMA IF NOT EXISTS gatefold AUTHORIZATION \"gatefold\"")
        .contains("CONNECT, TEMPORARY ON DATABASE")
        .contains("GRANT SET ON PARAMETER session_replication_role");
  }
}
