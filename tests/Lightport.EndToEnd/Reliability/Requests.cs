using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Lightport.EndToEnd.Gateway;

namespace Lightport.EndToEnd.Reliability;

/// <summary>Bare requests, for what no SDK would send.</summary>
internal static class Requests
{
    public const string ChatPath = "/v1/chat/completions";
    public const string MessagesPath = "/v1/messages";

    public static string Body(string path, string model, bool stream) =>
        $$"""
        {"model":"{{model}}","stream":{{(stream ? "true" : "false")}},{{(path == MessagesPath ? "\"max_tokens\":64," : "")}}
         "messages":[{"role":"user","content":"{{Canary.Prompt}}"}]}
        """;

    /// <summary>Sends the least that the door takes.</summary>
    public static Task<HttpResponseMessage> AskAsync(
        this HttpClient client, string path, string model, bool stream = false, CancellationToken leave = default) =>
        client.PostAsync(path, Body(path, model, stream), leave);

    /// <summary>Posts JSON; the answer is given once its headers are there.</summary>
    public static Task<HttpResponseMessage> PostAsync(
        this HttpClient client, string path, string body, CancellationToken cancellationToken = default) =>
        client.PostAsync(path, Encoding.UTF8.GetBytes(body), "application/json", cancellationToken);

    public static async Task<HttpResponseMessage> PostAsync(
        this HttpClient client,
        string path,
        byte[] body,
        string mediaType,
        CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsByteArrayAsync());

    /// <summary>The error object of either dialect.</summary>
    public static async Task<JsonElement> ErrorAsync(this HttpResponseMessage response)
    {
        string body = await response.Content.ReadAsStringAsync();
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        JsonElement json = JsonElement.Parse(body);
        Assert.True(json.TryGetProperty("error", out JsonElement error), body);
        return error;
    }

    public static string Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(",", values) : "";
}
