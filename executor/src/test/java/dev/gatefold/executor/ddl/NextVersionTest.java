package dev.gatefold.executor.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextVersionTest {

  private static final Instant NOW = Instant.parse("2026-11-21T00:07:09.040Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "'' > 1",
        "notes.txt V1.sql Vx__a.sql v7__a.sql R__views.sql U9__a.sql > 1",
        "V1__a.sql V2__b.sql > 3",
        "V9__a.sql V10__b.sql > 11",
        "V009__a.sql V001__a.sql > 010",
        "V1__a.sql B4__base.sql > 5",
        "V1__a.sql V3__B.java V2__c.sql.conf > 4",
        "V1_2__a.sql V1_9__b.sql > 1_10",
        "V1.2__a.sql V1_3__b.sql > 1_4",
        "V2__a.sql V1.9.9__b.sql > 3",
        "V99999999999999999999__a.sql > 100000000000000000000",
        "V20261120103000__a.sql V7__a.sql > 20261121000709",
        "V20261120103000123__a.sql > 20261121000709040",
        "V202611201030__a.sql > 202611210007",
        "V20261120_1030__a.sql > 20261121_0007",
        "V2026.11.20.10.30.00__a.sql > 2026.11.21.00.07.09",
        "V20261120__a.sql > 20261121",
        "V2026.11.20.3__a.sql > 2026.11.20.4",
        "V20261121120000__ahead.sql > 20261121120001",
        "V20261121__a.sql > 20261122",
        "V10000001__not_a_date.sql > 10000002",
      })
  void theNextOneFollowsTheOnesThereAre(String names, String next) {
    assertThat(NextVersion.after(List.of(names.split(" ")), NOW)).isEqualTo(next);
  }
}
