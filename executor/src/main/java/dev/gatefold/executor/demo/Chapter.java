package dev.gatefold.executor.demo;

import java.io.IOException;
import java.sql.SQLException;

/** One change of the story. */
interface Chapter {

  String title();

  void tell(Director director) throws StoryFailure, SQLException, IOException, InterruptedException;
}
