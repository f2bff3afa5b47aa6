package dev.drydock.model;

import java.util.List;

/**
 * One concern of the door. It may change the request, send it again, or answer it without sending.
 *
 * <p>Interceptors are beans. {@link ModelDoor} chains them by their priority, the highest outermost; the constants below
 * are that order.
 */
interface ModelInterceptor {

    int TRIAL = 100;
    int REPLAY = 90;
    int CACHE = 80;
    int REPAIR = 70;
    int ROUTE = 60;
    int TRUNCATE = 50;
    int ADAPT = 40;
    int REPEAT = 35;
    int BATCH = 32;
    int RATE_LIMIT = 30;
    int BUDGET = 20;
    int RECORD = 10;

    ModelAnswer intercept(ModelRequest request, Next next);

    /** What is left of the chain. */
    @FunctionalInterface
    interface Next {

        ModelAnswer proceed(ModelRequest request);
    }

    /** The chain of these interceptors, the first one outermost, that ends in {@code last}. */
    static Next chain(List<ModelInterceptor> interceptors, Next last) {
        var next = last;
        for (var at = interceptors.size() - 1; at >= 0; at--) {
            var interceptor = interceptors.get(at);
            var rest = next;
            next = request -> interceptor.intercept(request, rest);
        }
        return next;
    }
}
