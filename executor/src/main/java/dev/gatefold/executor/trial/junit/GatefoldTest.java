package dev.gatefold.executor.trial.junit;

import dev.gatefold.executor.trial.Writer;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of a change: it goes through all its stages, each there and back and there again, on a
 * database of its own, and the method gets what came of it as a {@link TrialResult}.
 *
 * <p>Files are looked for in the folder of the build first, then on the class path.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(TrialExtension.class)
public @interface GatefoldTest {

  /** The change file. */
  String change();

  /** SQL scripts that make the schema and its rows, in this order. */
  String[] schema();

  /**
   * A database that may be wrecked, as a superuser of it: {@code jdbc:postgresql:...}. Without one
   * a server is started for the test.
   */
  String url() default "";

  /**
   * Applications that write meanwhile, beside one that copies rows; each has a constructor without
   * parameters.
   */
  Class<? extends Writer>[] writers() default {};
}
