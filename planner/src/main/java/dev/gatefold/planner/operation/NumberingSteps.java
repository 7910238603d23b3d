package dev.gatefold.planner.operation;

import dev.gatefold.planner.change.AddColumn.Identity;
import dev.gatefold.planner.change.Numbering;
import dev.gatefold.planner.change.Operation.DefaultChange;
import dev.gatefold.planner.dialect.Identities;
import dev.gatefold.planner.draft.SequenceOptions;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.replacement.Names;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An identity that comes, changes or goes, of a column that stays where it is. What refuses writes
 * of old applications waits until they are gone: GENERATED ALWAYS takes no number of theirs, and
 * without an identity a row has to come with one.
 */
final class NumberingSteps {

  private static final Set<String> NUMBERS = Set.of("smallint", "integer", "bigint");

  private final ColumnWork work;
  private final Identities identities;
  private final Optional<Numbering> wanted;

  NumberingSteps(ColumnWork work) {
    this.work = work;
    this.identities = work.dialect().identities();
    this.wanted = work.target().operation().wanted().traits().numbering();
  }

  List<Reason> reasons() {
    List<Reason> reasons = new ArrayList<>();
    if (wanted.isEmpty()) {
      return reasons;
    }
    if (work.target().table().kind() == Table.Kind.PARTITIONED
        && work.target().server().version() < 17) {
      reasons.add(
          reason(
              "partitioned-identity",
              "partitions have no identity before PostgreSQL 17",
              "Let \"default\" be nextval of a sequence."));
    }
    if (comes()) {
      coming().ifPresent(reasons::add);
    }
    if (comes() || !retire().isEmpty()) {
      reasons.addAll(TableChecks.ofMaking(work.target().table()));
    }
    return reasons;
  }

  private Optional<Reason> coming() {
    if (!NUMBERS.contains(work.column().type().sql())) {
      return Optional.of(
          reason(
              "identity-type",
              "an identity is a smallint, integer or bigint",
              "Let \"default\" be nextval of a sequence."));
    }
    if (kind().isEmpty()) {
      return Optional.of(
          reason(
              "no-identity",
              "the column has no identity whose sequence could count otherwise",
              "Say with \"identity\" that it shall have one."));
    }
    boolean keepsDefault =
        work.column().defaultValue().isPresent()
            && work.target().operation().wanted().defaultValue().isEmpty();
    return keepsDefault || setsDefault()
        ? Optional.of(
            reason(
                "has-default",
                "a column with a default can have no identity",
                "Say \"default: null\" as well: a sequence that belongs to the column becomes the"
                    + " identity's."))
        : Optional.empty();
  }

  private boolean setsDefault() {
    return work.target()
        .operation()
        .wanted()
        .defaultValue()
        .filter(DefaultChange.Set.class::isInstance)
        .isPresent();
  }

  /** Whether the column has none yet: it will be NOT NULL, and lose its default to it. */
  boolean comes() {
    return counting().isPresent() && old().isEmpty();
  }

  List<Step> expand() {
    if (old().isEmpty()) {
      return counting()
          .map(counting -> List.of(made(counting), after("expand", "")))
          .orElse(List.of());
    }
    List<Step> steps = new ArrayList<>();
    if (old().get().always()
        && (goes() || kind().filter(Identity.BY_DEFAULT::equals).isPresent())) {
      // Whoever is to write the numbers has to be let before it has to.
      steps.add(allowed("expand", false));
    }
    counting()
        .map(Numbering.Counting::sequence)
        .filter(sequence -> !sequence.isEmpty())
        .filter(sequence -> !old().get().options().with(sequence).equals(old().get().options()))
        .ifPresent(sequence -> steps.add(counted(sequence, old().get())));
    return steps;
  }

  List<Step> retire() {
    boolean refusesOwn =
        kind().filter(Identity.ALWAYS::equals).isPresent()
            && old().filter(Column.Identity::always).isEmpty();
    if (refusesOwn) {
      return List.of(after("retire", ""), allowed("retire", true));
    }
    return goes() ? List.of(parked()) : List.of();
  }

  List<Step> drop() {
    return goes()
        ? List.of(
            work.brief(
                id("drop", "identity"),
                "drop sequence",
                LockMode.ACCESS_EXCLUSIVE,
                List.of(identities.dropParked(work.table(), sequence())),
                new Undo.PointOfNoReturn("where the numbers stood is known to nobody any more")))
        : List.of();
  }

  List<String> deploys() {
    String label = work.target().label();
    if (goes()) {
      return List.of(
          "once expanded: deploy the version that writes %s itself; before retire: every version that leaves it out of its INSERTs must be gone"
              .formatted(label));
    }
    List<String> deploys = new ArrayList<>();
    if (comes()) {
      deploys.add(
          "once expanded: deploy the version that leaves %s out of its INSERTs".formatted(label));
    }
    if (!retire().isEmpty()) {
      deploys.add(
          "before retire: every version that writes numbers of its own into %s must be gone"
              .formatted(label));
    }
    return deploys;
  }

  private Step made(Numbering.Counting counting) {
    Optional<Column.Default> before = work.column().defaultValue();
    Optional<Column.OwnedSequence> owned = before.flatMap(Column.Default::ownedSequence);
    return work.brief(
        id("expand", "identity"),
        "make identity",
        LockMode.ACCESS_EXCLUSIVE,
        owned
            .map(it -> identities.adopt(work.table(), work.name(), it, counting.sequence()))
            .orElseGet(() -> added(before, counting.sequence())),
        "drop identity",
        owned.isPresent()
            ? identities.release(work.table(), work.name(), before.orElseThrow())
            : removed(before));
  }

  private List<String> added(Optional<Column.Default> before, SequenceOptions sequence) {
    List<String> sql = new ArrayList<>();
    if (before.isPresent()) {
      sql.add(work.dialect().setDefault(work.table(), work.name(), Optional.empty()));
    }
    sql.add(identities.add(work.table(), work.name(), sequence));
    return sql;
  }

  private List<String> removed(Optional<Column.Default> before) {
    List<String> sql = new ArrayList<>();
    sql.add(identities.drop(work.table(), work.name()));
    before.ifPresent(
        value ->
            sql.add(
                work.dialect()
                    .setDefault(work.table(), work.name(), Optional.of(value.expression()))));
    return sql;
  }

  /** The rows are read for it, so it is no part of what takes the lock. */
  private Step after(String stage, String suffix) {
    return new Step.OnlineDdl(
        id(stage, "numbers") + suffix,
        "go on after the last number",
        List.of(identities.goOnAfterLast(work.table(), work.name())),
        LockMode.ACCESS_SHARE,
        List.of(work.table()),
        List.of(work.dialect().tableIs(work.table(), work.target().table().oid())),
        identities.goesOnAfterLast(work.table(), work.name()),
        List.of(),
        new Undo.Nothing());
  }

  private Step allowed(String stage, boolean always) {
    return work.brief(
        id(stage, "generated"),
        "set generated",
        LockMode.ACCESS_EXCLUSIVE,
        List.of(identities.allow(work.table(), work.name(), always)),
        "set generated back",
        List.of(identities.allow(work.table(), work.name(), !always)));
  }

  private Step counted(SequenceOptions sequence, Column.Identity before) {
    return work.brief(
        id("expand", "sequence"),
        "set sequence",
        LockMode.ACCESS_EXCLUSIVE,
        List.of(identities.count(work.table(), work.name(), sequence)),
        "set sequence back",
        List.of(identities.countAgain(work.table(), work.name(), before.options())));
  }

  private Step parked() {
    Column.Identity identity = old().orElseThrow();
    return work.brief(
        id("retire", "identity"),
        "drop identity",
        LockMode.ACCESS_EXCLUSIVE,
        identities.park(work.table(), work.name(), identity, sequence()),
        "make identity again",
        identities.unpark(work.table(), work.name(), identity, sequence()),
        // Applications have written numbers of their own since.
        after("retire", ".undo"));
  }

  private Identifier sequence() {
    return new Names(work.target().change(), work.table()).numbering(work.name());
  }

  private Optional<Column.Identity> old() {
    return work.column().identity();
  }

  private boolean goes() {
    return wanted.filter(Numbering.Ended.class::isInstance).isPresent() && old().isPresent();
  }

  private Optional<Numbering.Counting> counting() {
    return wanted.filter(Numbering.Counting.class::isInstance).map(Numbering.Counting.class::cast);
  }

  private Optional<Identity> kind() {
    return counting().flatMap(Numbering.Counting::kind);
  }

  private String id(String stage, String what) {
    return "%s.%s.%s.%s".formatted(stage, what, work.table(), work.name());
  }

  private Reason reason(String code, String message, String cure) {
    return new Reason(code, work.target().label(), message, cure);
  }
}
