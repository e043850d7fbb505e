using System.Net;
using System.Text;
using System.Text.Json;

namespace Lightport.Azure.Tests.Storage;

/// <summary>Stands between a client and the table service, and breaks what a test wants broken.</summary>
internal sealed class Wire(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>Is asked before a request goes out; what it gives is the answer, null lets the request pass.</summary>
    public Func<HttpRequestMessage, Task<HttpResponseMessage?>> Before { get; set; } =
        _ => Task.FromResult<HttpResponseMessage?>(null);

    /// <summary>Sees a request whose answer is there; may throw it away by throwing.</summary>
    public Action<HttpRequestMessage> After { get; set; } = _ => { };

    private int _requests;

    /// <summary>How many requests came, those that were broken included.</summary>
    public int Requests => _requests;

    /// <summary>An answer as the service words its errors.</summary>
    public static HttpResponseMessage Error(int status, string code, string message = "It failed.")
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent(
                JsonSerializer.Serialize(new Dictionary<string, object>
                {
                    ["odata.error"] = new { code, message = new { lang = "en-US", value = message } },
                }),
                Encoding.UTF8,
                "application/json"),
        };
        answer.Headers.Add("x-ms-error-code", code);
        return answer;
    }

    /// <summary>Every request fails so.</summary>
    public void Fail(int status, string code, string message = "It failed.") =>
        Before = _ => Task.FromResult<HttpResponseMessage?>(Error(status, code, message));

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        if (await Before(request).WaitAsync(cancellationToken) is { } answer)
        {
            answer.RequestMessage = request;
            return answer;
        }

        HttpResponseMessage real = await base.SendAsync(request, cancellationToken);
        After(request);
        return real;
    }
}
