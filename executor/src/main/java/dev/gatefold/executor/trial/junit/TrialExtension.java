package dev.gatefold.executor.trial.junit;

import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.trial.SampleWriter;
import dev.gatefold.executor.trial.Trial;
import dev.gatefold.executor.trial.Writer;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.change.ChangeFileException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Runs the trial that a {@link GatefoldTest} asks for before its method runs. */
final class TrialExtension implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TrialResult.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    GatefoldTest wanted = context.getRequiredTestMethod().getAnnotation(GatefoldTest.class);
    try {
      return wanted.url().isEmpty()
          ? onOwnServer(wanted, context.getRequiredTestClass())
          : run(wanted, context.getRequiredTestClass(), DatabaseUrl.parse(wanted.url()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ParameterResolutionException("the trial was interrupted", e);
    } catch (IOException | SQLException | ChangeFileException | ReflectiveOperationException e) {
      throw new ParameterResolutionException("no trial of " + wanted.change(), e);
    }
  }

  private static TrialResult onOwnServer(GatefoldTest wanted, Class<?> test)
      throws IOException,
          SQLException,
          ChangeFileException,
          ReflectiveOperationException,
          InterruptedException {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
      return run(wanted, test, DatabaseUrl.parse(server.getJdbcUrl("postgres", "postgres")));
    }
  }

  private static TrialResult run(GatefoldTest wanted, Class<?> test, DatabaseUrl url)
      throws IOException,
          SQLException,
          ChangeFileException,
          ReflectiveOperationException,
          InterruptedException {
    for (String script : wanted.schema()) {
      execute(url, ProjectFile.read(test, script));
    }
    String file = ProjectFile.read(test, wanted.change());
    Change change = ChangeFile.read(wanted.change(), file);
    List<Writer> writers = new ArrayList<>();
    writers.add(new SampleWriter());
    for (Class<? extends Writer> writer : wanted.writers()) {
      writers.add(writer.getDeclaredConstructor().newInstance());
    }
    return new TrialResult(new Trial(url, writers).run(change, file));
  }

  private static void execute(DatabaseUrl url, String script) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url.jdbc());
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(script);
    }
  }
}
