package dev.signaltoorder.signal;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Where intake hands over what it received. The stage of each method completes only after the
 * record was committed; it completes exceptionally with {@link IntakeUnavailableException} when
 * nothing was stored, so that the sender is asked to retry.
 */
public interface SignalIntake {

  /** Hands over an authentic, valid signal. */
  CompletionStage<Receipt> accept(Delivery delivery, Signal signal);

  /**
   * Records an authentic delivery that is not a valid signal, with all its problems, as {@code
   * INVALID}.
   */
  CompletionStage<Receipt> acceptInvalid(Delivery delivery, List<FieldProblem> problems);

  /**
   * Records a delivery that was turned away before its body could be trusted. Never blocks, never
   * stores the body.
   */
  void recordRefusal(RefusedDelivery refusal);
}
