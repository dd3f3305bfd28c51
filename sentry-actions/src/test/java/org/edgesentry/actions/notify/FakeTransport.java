package org.edgesentry.actions.notify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A receiver that takes down what it gets, and answers as it is told; without being told it takes all. */
final class FakeTransport implements Transport {

    final List<Digest> got = new CopyOnWriteArrayList<>();
    final Deque<Delivery> answers = new ArrayDeque<>();

    @Override
    public Delivery deliver(Digest digest) {
        got.add(digest);
        return answers.isEmpty() ? Delivery.done("") : answers.removeFirst();
    }

    @Override
    public String label() {
        return "the fake";
    }
}
