package dev.drydock.console;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** A fault as RFC 9457 has it. */
@RegisterForReflection
public record Problem(String type, String title, int status, String detail) {

    private static final String MEDIA_TYPE = "application/problem+json";

    /** An exception that answers with a problem document; the detail says what to do. */
    static WebApplicationException of(Response.Status status, String detail) {
        return new WebApplicationException(detail, response(status, detail));
    }

    static Response response(Response.StatusType status, String detail) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail))
                .build();
    }

    /** Gives the framework's own faults (no such path, wrong method) the same form. */
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
}
