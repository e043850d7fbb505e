using System.Net.Http.Headers;
using Lightport.Bench.Runner.Contenders;
using Lightport.Bench.Runner.Wire;

namespace Lightport.Bench.Runner.Load;

/// <summary>Refuses to measure a contender that answers wrongly: speed at that would mean nothing.</summary>
internal static class AnswerCheck
{
    public static async Task RunAsync(RunningContender target, Scenario scenario)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"http://127.0.0.1:{target.Port}{RequestBytes.Path}");
        request.Content = new ByteArrayContent(scenario.Body());
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (string header in RequestBytes.Headers(target.Contender, scenario).Skip(1))
        {
            int colon = header.IndexOf(": ", StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 2)..]);
        }

        using HttpResponseMessage response = await client.SendAsync(request, CancellationToken.None);
        string body = await response.Content.ReadAsStringAsync();
        bool right = scenario.Streamed
            ? Count(body, "The light turns. ") == 32 && body.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal)
            : body.Contains("The harbour was quiet", StringComparison.Ordinal)
                && body.Contains("\"chat.completion\"", StringComparison.Ordinal);
        if (!response.IsSuccessStatusCode || !right)
        {
            throw new InvalidOperationException(
                $"{target.Contender.Name} answers '{scenario.Name}' wrongly ({(int)response.StatusCode}): {body}");
        }
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
