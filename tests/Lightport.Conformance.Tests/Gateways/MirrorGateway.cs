using System.Text;
using System.Text.Json.Nodes;
using Lightport.Conformance.Running;
using Lightport.Conformance.Upstreams;
using Lightport.Conformance.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Lightport.Conformance.Tests.Gateways;

/// <summary>The least gateway that there is: it hands a client's bytes on to the provider of its own dialect, and back.</summary>
internal sealed class MirrorGateway : IAsyncDisposable
{
    private static readonly string[] Handed = ["authorization", "x-api-key", "x-goog-api-key", "anthropic-version"];

    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero });
    private readonly string _providers;
    private readonly TamperedScript[] _scripts;

    private MirrorGateway(WebApplication app, string providers, TamperedScript[] scripts)
    {
        (_app, _providers, _scripts) = (app, providers, scripts);
        app.Run(AnswerAsync);
    }

    public Uri Address => new(_app.Urls.First() + "/");

    /// <param name="providers">The address of the scripted providers.</param>
    /// <param name="scripts">The providers themselves.</param>
    public static async Task<MirrorGateway> StartAsync(string providers, TamperedScript[] scripts)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var gateway = new MirrorGateway(builder.Build(), providers, scripts);
        await gateway._app.StartAsync();
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        string body = await reader.ReadToEndAsync(context.RequestAborted);
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        TamperedScript script = Array.Find(
            _scripts, one => (target + body).Contains(RoutedModel.NameOf(one), StringComparison.Ordinal))!;
        Tampering tampering = script.Tampering;
        JsonObject asked = JsonNode.Parse(Renamed(body, script))!.AsObject();
        tampering.Request?.Invoke(asked);
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"{_providers}/{script.Dialect}{Renamed(target, script)}")
        {
            Content = new StringContent(asked.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        foreach (string name in Handed)
        {
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToString());
        }

        long told = 0;
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            Begin(response, tampering, context);
            await using Stream answer = await response.Content.ReadAsStreamAsync(context.RequestAborted);
            byte[] buffer = new byte[4096];
            while (await answer.ReadAsync(buffer, context.RequestAborted) is > 0 and int read)
            {
                if (told == 0 && response.IsSuccessStatusCode && IsErrorInside(buffer.AsSpan(0, read)))
                {
                    await FailAsync(script, UpstreamHost.BrokenMessage, context);
                    return;
                }

                await TellAsync(context, buffer.AsMemory(0, read));
                told += read;
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            await BreakAsync(script, told, context);
        }
    }

    private static void Begin(HttpResponseMessage response, Tampering tampering, HttpContext context)
    {
        int status = (int)response.StatusCode;
        context.Response.StatusCode = status >= 400 ? tampering.ErrorStatus ?? status : status;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        if (response.Headers.RetryAfter is { } wait && !tampering.LosesRetryAfter)
        {
            context.Response.Headers.RetryAfter = wait.ToString();
        }
    }

    /// <summary>A whole answer that is an error under a 200.</summary>
    private static bool IsErrorInside(ReadOnlySpan<byte> start) =>
        JsonReading.Parse(Encoding.UTF8.GetString(start)).Object("error") is not null;

    /// <summary>The provider is gone: what its client has not read by then never comes.</summary>
    private static Task BreakAsync(TamperedScript script, long told, HttpContext context)
    {
        if (script.Tampering.EndsWhatBroke)
        {
            byte[] all = [.. script.LastFrames.SelectMany(frame => frame)];
            return TellAsync(context, all.AsMemory((int)told));
        }

        if (script.Tampering.FallsSilent)
        {
            return Task.CompletedTask;
        }

        if (told > 0)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        return FailAsync(script, "The provider broke off.", context);
    }

    private static Task FailAsync(TamperedScript script, string message, HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status502BadGateway;
        string error = script.Error(StatusCodes.Status502BadGateway, message).ToJsonString();
        return TellAsync(context, Encoding.UTF8.GetBytes(error));
    }

    private static async Task TellAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static string Renamed(string text, TamperedScript script) =>
        text.Replace(RoutedModel.NameOf(script), script.Model, StringComparison.Ordinal);
}
