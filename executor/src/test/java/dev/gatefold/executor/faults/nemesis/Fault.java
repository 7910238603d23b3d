package dev.gatefold.executor.faults.nemesis;

/** One thing that goes wrong. */
public interface Fault {

  /** Lets it happen now; answers how it is made good once the command has ended. */
  Mending strike(Scene scene) throws Exception;

  /** What an administrator does afterwards. */
  interface Mending {
    void mend() throws Exception;
  }

  /** It is over by itself. */
  Mending NOTHING = () -> {};
}
