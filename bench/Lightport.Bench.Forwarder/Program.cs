// Forwarder <port> [<upstream>]: without an upstream it is the empty Kestrel app that start-up is compared with.
int port = int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture);
string? upstream = args.ElementAtOrDefault(1);
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
WebApplication app = builder.Build();
using var http = new HttpMessageInvoker(new SocketsHttpHandler
{
    AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null,
});
app.Run(upstream is null ? context => context.Response.WriteAsync("ok") : ForwardAsync);
await app.RunAsync();

async Task ForwardAsync(HttpContext context)
{
    if (HttpMethods.IsGet(context.Request.Method))
    {
        return;
    }

    using var request = new HttpRequestMessage(HttpMethod.Post, upstream + context.Request.Path);
    request.Content = new StreamContent(context.Request.Body);
    request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
    request.Content.Headers.ContentLength = context.Request.ContentLength;
    request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
    using HttpResponseMessage response = await http.SendAsync(request, context.RequestAborted);
    context.Response.StatusCode = (int)response.StatusCode;
    context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
    context.Response.ContentLength = response.Content.Headers.ContentLength;
    await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
}
