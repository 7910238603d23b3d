package dev.gatefold.executor.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.trial.Twin;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The straight way of each page's example ends as the DDL by hand, in catalog and rows. */
class StraightPagesTest {

  static List<OperationPage> pages() throws IOException {
    return OperationPage.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theStraightWayEndsAsTheDdlByHand(OperationPage page) throws Exception {
    Twin straight = Twin.straight(page.tables(), page.change());
    Twin byHand = Twin.byHand(page.tables(), page.directDdl());

    assertThat(straight.catalog()).isEqualTo(byHand.catalog());
    assertThat(straight.rows()).isEqualTo(byHand.rows());
  }
}
