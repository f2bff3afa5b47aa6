package dev.drydock.console.page;

import dev.drydock.console.Login;
import dev.drydock.console.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Shows problem documents to browsers as pages: the login for 401, otherwise what was wrong and what to do. Keeps pages out of caches. */
@Singleton
final class ProblemPages {

    /** A link from another site comes without the cookie of the session; a page that loads itself again has it. */
    private static final String AGAIN = "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">"
            + "<meta http-equiv=\"refresh\" content=\"0\"><title>…</title><p>One moment.</p></html>";

    @CheckedTemplate(basePath = "page")
    static class Templates {

        static native TemplateInstance problem(Page page, Problem problem);

        static native TemplateInstance login(Page page, LoginForm form);
    }

    /** Asked at each request: filters are made before settings can be read. */
    private final Provider<Pages> pages;

    private final Provider<Login> login;

    ProblemPages(Provider<Pages> pages, Provider<Login> login) {
        this.pages = pages;
        this.login = login;
    }

    @ServerResponseFilter
    void show(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Problem problem && isBrowser(request)) {
            response.setEntity(
                    html(request, problem),
                    response.getEntityAnnotations(),
                    MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"));
        }
        if (MediaType.TEXT_HTML_TYPE.isCompatible(response.getMediaType())) {
            response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
            if (request.getCookies().containsKey(Notice.COOKIE)) {
                response.getHeaders().add(HttpHeaders.SET_COOKIE, Notice.shown());
            }
        }
    }

    private String html(ContainerRequestContext request, Problem problem) {
        if (problem.status() != Status.UNAUTHORIZED.getStatusCode()
                || !login.get().isNeeded()) {
            return Templates.problem(pages.get().page(null, problem.title()), problem)
                    .render();
        }
        if ("cross-site".equals(request.getHeaderString("Sec-Fetch-Site"))) {
            return AGAIN;
        }
        var uri = request.getUriInfo().getRequestUri();
        var to = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        return Templates.login(
                        pages.get().page(null, "Log in"),
                        LoginForm.of(login.get(), request.getMethod().equals("GET") ? to : "/", null))
                .render();
    }

    private static boolean isBrowser(ContainerRequestContext request) {
        return !request.getUriInfo().getPath().startsWith("/api/")
                && request.getAcceptableMediaTypes().stream()
                        .anyMatch(type -> type.getSubtype().equals("html"));
    }
}
