using Microsoft.AspNetCore.Http;

namespace Lightport.Cli.Tests.Running;

/// <summary>One answer of the fake gateway.</summary>
internal sealed record FakeAnswer(int Status, string Body, string MediaType = "application/json")
{
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Whether the connection is broken off after the body, as if more were to come.</summary>
    public bool Cut { get; init; }

    /// <summary>What the answer's end waits for; null for nothing.</summary>
    public Task? Held { get; init; }

    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        foreach ((string name, string value) in Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (Status != StatusCodes.Status204NoContent)
        {
            context.Response.ContentType = MediaType;
            await context.Response.WriteAsync(Body);
            await context.Response.Body.FlushAsync();
        }

        if (Held is { } held)
        {
            await held.WaitAsync(context.RequestAborted);
        }

        if (Cut)
        {
            context.Abort();
        }
    }
}
