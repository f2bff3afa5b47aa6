package dev.drydock.console;

import dev.drydock.database.Database;
import dev.drydock.judge.InvalidFeedbackException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jboss.logging.Logger;

/** An error response: a problem document by RFC 9457. */
@RegisterForReflection
public record Problem(String type, String title, int status, String detail) {

    private static final String MEDIA_TYPE = "application/problem+json";

    /** An exception that answers with a problem document; the detail says what to do. */
    public static WebApplicationException of(Response.Status status, String detail) {
        return new WebApplicationException(detail, response(status, detail));
    }

    public static Response response(Response.StatusType status, String detail) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail))
                .build();
    }

    /** Errors of the framework, such as an unknown path or a wrong method. */
    @Provider
    public static final class Mapper implements ExceptionMapper<WebApplicationException> {

        @Override
        public Response toResponse(WebApplicationException exception) {
            var response = exception.getResponse();
            if (response.hasEntity()) {
                return response;
            }
            var detail = exception.getMessage();
            return response(response.getStatusInfo(), detail == null ? "" : detail);
        }
    }

    /** Feedback, or an edit, that does not fit what it is about: 400 with the reason. */
    @Provider
    public static final class FeedbackMapper implements ExceptionMapper<InvalidFeedbackException> {

        @Override
        public Response toResponse(InvalidFeedbackException exception) {
            return response(Response.Status.BAD_REQUEST, String.valueOf(exception.getMessage()));
        }
    }

    /** Unexpected exceptions: 503 if the database is unavailable, otherwise 500. */
    @Provider
    public static final class FaultMapper implements ExceptionMapper<RuntimeException> {

        private static final Logger LOG = Logger.getLogger(FaultMapper.class);

        @Override
        public Response toResponse(RuntimeException exception) {
            if (Database.isUnavailable(exception)) {
                return response(
                        Response.Status.SERVICE_UNAVAILABLE,
                        "The database is unavailable. Nothing was changed; try again in a few seconds.");
            }
            LOG.error("Internal error in a request", exception);
            return response(Response.Status.INTERNAL_SERVER_ERROR, "Internal error. The log has the details.");
        }
    }
}
