using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lightport.EndToEnd.Upstream;

/// <summary>A provider that keeps nothing of what it is sent, and whose answers are as long as it is told.</summary>
internal sealed class DrainingUpstream : IAsyncDisposable
{
    private const string Head = """
        {"id":"c-1","object":"chat.completion","created":1,"model":"m",
         "choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"
        """;

    private const string Tail = """
        "}}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}
        """;

    private readonly WebApplication _application;

    private DrainingUpstream(WebApplication application) => _application = application;

    public string Address => _application.Urls.Single();

    /// <param name="answerBytes">How long the text of each answer is.</param>
    public static async Task<DrainingUpstream> StartAsync(int answerBytes)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = null);
        WebApplication application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        application.MapPost("/v1/{**path}", context => AnswerAsync(context, answerBytes));
        await application.StartAsync();
        return new DrainingUpstream(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, int answerBytes)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Head, context.RequestAborted);
        Memory<byte> text = new byte[64 * 1024];
        text.Span.Fill((byte)'x');
        for (int left = answerBytes; left > 0; left -= text.Length)
        {
            await context.Response.Body.WriteAsync(text[..Math.Min(left, text.Length)], context.RequestAborted);
        }

        await context.Response.WriteAsync(Tail, context.RequestAborted);
    }
}
