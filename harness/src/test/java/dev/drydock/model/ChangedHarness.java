package dev.drydock.model;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.UnaryOperator;

/** A layer of the door that a test can switch on: the harness of another release, which asks otherwise. */
@Singleton
@Priority(ModelInterceptor.TRUNCATE + 1)
public class ChangedHarness implements ModelInterceptor {

    private volatile UnaryOperator<String> change = UnaryOperator.identity();

    /** What becomes of the user's turn. */
    public void change(UnaryOperator<String> change) {
        this.change = change;
    }

    @Override
    public ModelAnswer intercept(ModelRequest request, Next next) {
        List<ChatMessage> messages =
                request.chat().messages().stream().map(this::changed).toList();
        return next.proceed(
                request.with(request.chat().toBuilder().messages(messages).build()));
    }

    private ChatMessage changed(ChatMessage message) {
        return message instanceof UserMessage user && user.hasSingleText()
                ? UserMessage.from(change.apply(user.singleText()))
                : message;
    }
}
