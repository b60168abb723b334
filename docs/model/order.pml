/*
 * The order protocol: at most one order at the exchange per approved signal, whatever crashes, gets lost or comes late.
 * What stands for what, what is left out, and how to run it: README.md.
 *
 * Journal and exchange survive everything, the leader's memory does not: a new leader starts from the journal. Requests that the
 * old leader had queued stay on their way and may reach the exchange at any later time. There is no clock, only the order of
 * events: "deadline", for example, is the moment after which the exchange accepts no more.
 *
 * Each of these switches makes a mistake that the check must find (check.sh): SEND_BEFORE_COMMIT, RESEND_ON_TIMEOUT,
 * RESEND_AFTER_REBUILD, REFUSED_ON_TIMEOUT, NO_DEADLINE, NO_FENCING, CONCLUDE_BEFORE_DEADLINE, CONCLUDE_FROM_ONE_EMPTY_READ,
 * READ_CLOSED_BEFORE_OPEN, NEVER_GIVE_UP.
 *
 * LIVENESS asks whether every signal comes to its end, provided that crashes stop some day: for one signal, to keep it small.
 */

#ifdef LIVENESS
#define SIGNALS 1
#else
#define SIGNALS 2
#endif

#ifdef CONCLUDE_FROM_ONE_EMPTY_READ
#define AGREEING 1
#else
#define AGREEING 3           /* empty look-ups before an order is believed absent: CorePolicy.agreeingLookUps */
#endif
#define STALE 2              /* look-ups, made late enough, that may miss an order all the same: fewer than must agree */

mtype = {
  RECEIVED, REJECTED,                                             /* the signal, before there is an order */
  INTENDED, IN_DOUBT, QUARANTINED, OPEN, REFUSED, NOT_PLACED,     /* the order: OrderState */
  NONE, PLACED, PROVED_REFUSAL, NEVER_SENT,                       /* what the leader has heard of its one AddOrder */
  IDLE, ASKED, ASKED_ONE                                          /* where its look-up is */
};

typedef Memory {             /* the leader's, gone with it */
  mtype state;
  mtype answer;
  mtype lookUp;
  bool counts;               /* this look-up began late enough to prove absence */
  bool misses;               /* this look-up is answered from a state without the order */
  byte agreeing;             /* look-ups so far that count and showed nothing */
};

typedef Exchange {
  byte orders;
  bool visible;              /* look-ups begin to show the order */
  bool closed;               /* it has moved from the open to the closed orders */
  byte stale;                /* late look-ups that missed it all the same */
};

typedef Passed {             /* moments in the life of an order that lie behind everybody */
  bool deadline;             /* fixed with the intent; the exchange accepts no more */
  bool silenceFinal;         /* look-ups that begin now count: CorePolicy.silenceFinalAfter */
  bool patience;             /* what is in doubt now goes to a person: CorePolicy.quarantineAfter */
};

bool leading;                /* somebody leads */
Memory memory[SIGNALS];
mtype journal[SIGNALS] = RECEIVED;
byte queued[SIGNALS];        /* requests of this leader that have not reached the exchange */
byte orphaned[SIGNALS];      /* the same of leaders before it */
bool overtaken[SIGNALS];     /* a leader that was only paused wakes up with this signal in its hands */
Exchange exchange[SIGNALS];
Passed passed[SIGNALS];

/* ---- The promises, checked wherever the journal or the exchange changes ---- */

#define intended(s) (journal[s] != RECEIVED && journal[s] != REJECTED)
#define settled(s)  (journal[s] != RECEIVED && journal[s] != INTENDED && journal[s] != IN_DOUBT)

inline check(s) {
  assert(exchange[s].orders <= 1);                                /* never two orders */
  assert(exchange[s].orders == 0 || intended(s));                 /* never one without an intent */
  assert(exchange[s].orders == 0 || journal[s] != NOT_PLACED);    /* what is said not to exist does not exist */
  assert(exchange[s].orders == 0 || journal[s] != REFUSED);       /* what is said to be refused does not exist */
  assert(exchange[s].orders == 1 || journal[s] != OPEN)           /* what is said to exist exists */
}

#ifdef LIVENESS
ltl comes_to_its_end { (<> [] leading) -> (<> settled(0)) }
#endif

/* ---- The leader ---- */

/* Committed, and known to be. Or the commit failed, or its acknowledgement was lost: then the leader ends, without effects. */
inline commit(s, next) {
  if
  :: journal[s] = next; memory[s].state = next
  :: leading = false; journal[s] = next
  :: leading = false
  fi;
  check(s)
}

inline approve(s) {
#ifdef SEND_BEFORE_COMMIT
  queued[s]++;
  commit(s, INTENDED)
#else
  commit(s, INTENDED);
  if
  :: leading -> queued[s]++
  :: else
  fi
#endif
}

/* The call ran into its time limit, was cut, or its answer proves nothing. Or a new leader finds an intent and no more. */
inline unanswered(s) {
#ifdef RESEND_AFTER_REBUILD
  if
  :: queued[s] == 0 -> queued[s]++
  :: commit(s, IN_DOUBT)
  fi
#elif defined(REFUSED_ON_TIMEOUT)
  commit(s, REFUSED)
#else
  commit(s, IN_DOUBT)
#endif
}

#ifdef CONCLUDE_BEFORE_DEADLINE
#define late(s) true
#else
#define late(s) passed[s].silenceFinal
#endif

inline beginLookUp(s) {
  memory[s].lookUp = ASKED;
  memory[s].counts = late(s);
  if
  :: memory[s].misses = false
  :: exchange[s].visible && exchange[s].stale < STALE -> memory[s].misses = true; exchange[s].stale++
  fi
}

#ifdef READ_CLOSED_BEFORE_OPEN
#define second(closed) (!closed)
#else
#define second(closed) closed
#endif

/* Whether the list that is read now, open orders first and closed orders second, shows the order. */
#define shown(s) (exchange[s].visible && !memory[s].misses && second(exchange[s].closed) == (memory[s].lookUp == ASKED_ONE))

inline readOneList(s) {
  if
  :: shown(s) -> memory[s].lookUp = IDLE; commit(s, OPEN)
  :: !shown(s) && memory[s].lookUp == ASKED -> memory[s].lookUp = ASKED_ONE
  :: !shown(s) && memory[s].lookUp == ASKED_ONE ->
     if
     :: memory[s].counts && memory[s].agreeing < AGREEING -> memory[s].agreeing++
     :: else
     fi;
     conclude(s)
  :: conclude(s)                                                  /* the look-up failed */
  fi
}

/* What was quarantined is settled by a person, or by the exchange showing it; never by silence. */
inline conclude(s) {
  memory[s].lookUp = IDLE;
  if
  :: memory[s].state == IN_DOUBT && memory[s].agreeing == AGREEING -> commit(s, NOT_PLACED)
#ifndef NEVER_GIVE_UP
  :: memory[s].state == IN_DOUBT && memory[s].agreeing < AGREEING && passed[s].patience -> commit(s, QUARANTINED)
#endif
  :: else
  fi
}

#define is(s, st)   (leading && memory[s].state == st)
#define heard(s, a) (is(s, INTENDED) && memory[s].answer == a)
#define doubtful(s) (is(s, IN_DOUBT) || is(s, QUARANTINED))

/* The leader's work on one signal. */
proctype Order(byte s) {
end:
  do
  :: atomic { is(s, RECEIVED) -> if :: approve(s) :: commit(s, REJECTED) fi }
  :: atomic { heard(s, PLACED) -> commit(s, OPEN) }
  :: atomic { heard(s, PROVED_REFUSAL) -> commit(s, REFUSED) }
  :: atomic { heard(s, NEVER_SENT) -> commit(s, NOT_PLACED) }
  :: atomic { heard(s, NONE) -> unanswered(s) }
#ifdef RESEND_ON_TIMEOUT
  :: atomic { is(s, IN_DOUBT) && queued[s] == 0 -> queued[s]++ }
#endif
  :: atomic { doubtful(s) && memory[s].lookUp == IDLE -> beginLookUp(s) }
  :: atomic { doubtful(s) && memory[s].lookUp != IDLE -> readOneList(s) }
  od
}

/* The end of a leader, and the next one. To the journal a leader that was only paused has ended too. */
proctype Leadership() {
  byte s;
end:
  do
  :: leading                                                      /* goes on leading: no crash is ever due */
  :: atomic { leading -> leading = false }
  :: atomic {
       !leading ->
       do
       :: s < SIGNALS ->
          overtaken[s] = overtaken[s] || memory[s].state == RECEIVED;
          orphaned[s] = orphaned[s] + queued[s];
          queued[s] = 0;
          memory[s].state = journal[s];
          memory[s].answer = NONE;
          memory[s].lookUp = IDLE;
          memory[s].counts = false;
          memory[s].misses = false;
          memory[s].agreeing = 0;
          s++
       :: else -> break
       od;
       s = 0;
       leading = true
     }
  od
}

/* ---- The exchange, the way to it, and time: for one signal ---- */

#ifdef NO_DEADLINE
#define accepts(s) true
#else
#define accepts(s) (!passed[s].deadline)
#endif

/* A request arrives or does not. Its answer reaches the leader that asked, if it still waits, or nobody. */
inline arrive(s, waiting) {
  if
  :: true                                                         /* lost on the way */
  :: waiting -> memory[s].answer = NEVER_SENT                     /* kept back by the last gate before the wire */
  :: accepts(s) ->
     exchange[s].orders++;
     check(s);
     if :: waiting -> memory[s].answer = PLACED :: true fi
  :: true ->                                                      /* refused: past the deadline, or for any other reason */
     if :: waiting -> memory[s].answer = PROVED_REFUSAL :: true fi
  fi
}

/* The overtaken leader approves what it had in its hands: its fencing number is old, so nothing is committed. */
inline wakeUp(s) {
  overtaken[s] = false;
#ifdef NO_FENCING
  journal[s] = INTENDED;
  orphaned[s]++;
  check(s)
#endif
}

proctype World(byte s) {
end:
  do
  :: atomic { queued[s] > 0 -> queued[s]--; arrive(s, heard(s, NONE)) }
  :: atomic { orphaned[s] > 0 -> orphaned[s]--; arrive(s, false) }
  :: atomic { overtaken[s] -> wakeUp(s) }
  :: atomic { exchange[s].orders > 0 && !exchange[s].visible -> exchange[s].visible = true }
  :: atomic { exchange[s].orders > 0 && !exchange[s].closed -> exchange[s].closed = true }
  :: atomic { intended(s) && !passed[s].deadline -> passed[s].deadline = true }
     /* What the pause after the deadline is for: by then an order that exists has begun to show. */
  :: atomic {
       passed[s].deadline && !passed[s].silenceFinal && (exchange[s].orders == 0 || exchange[s].visible) ->
       passed[s].silenceFinal = true
     }
  :: atomic { passed[s].silenceFinal && !passed[s].patience -> passed[s].patience = true }
  od
}

init {
  byte s;
  atomic {
    do
    :: s < SIGNALS ->
       memory[s].state = RECEIVED;
       memory[s].answer = NONE;
       memory[s].lookUp = IDLE;
       run Order(s);
       run World(s);
       s++
    :: else -> break
    od;
    leading = true;
    run Leadership()
  }
}
