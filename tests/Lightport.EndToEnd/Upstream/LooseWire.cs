using Microsoft.AspNetCore.Http;

namespace Lightport.EndToEnd.Upstream;

/// <summary>OpenAI's wire as many providers really speak it: see law 11 of the dialects page.</summary>
internal static class LooseWire
{
    private const string ObjectCall = """{"id":"call_a","function":{"name":"weather","arguments":{"city":"Oslo"}}}""";

    private const string TextCall =
        """{"id":"call_b","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Rome\"}"}}""";

    private const string Usage = """{"prompt_tokens":5,"completion_tokens":6,"total_tokens":11}""";

    private static readonly string[] Stream =
    [
        """{"id":"1","created":1,"model":"a","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"}}]}""",
        """{"id":"2","created":2,"model":"b","choices":[{"index":0,"delta":{"role":"assistant","content":"!"}}]}""",
        $$$$"""{"id":"3","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{{{{ObjectCall}}}}]}}]}""",
        $$$$"""{"id":"3","choices":[{"index":0,"delta":{"tool_calls":[{{{{TextCall}}}}]}}]}""",
        $$$$"""{"id":"4","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{{{{Usage}}}}}""",
    ];

    private const string Whole =
        $$$$"""
        {"id":"1","created":1,"model":"a","choices":[{"index":0,"finish_reason":"stop","message":{
            "role":"assistant","content":"Hi!","tool_calls":[{{{{ObjectCall}}}},{{{{TextCall}}}}]}}],"usage":{{{{Usage}}}}}
        """;

    /// <summary>Changing ids, a role in every delta, no index, object arguments, a wrong finish, no end mark.</summary>
    public static async Task WriteAsync(UpstreamCall call)
    {
        if (!call.Stream)
        {
            call.Context.Response.ContentType = "application/json";
            await call.Context.Response.WriteAsync(Whole);
            return;
        }

        call.Context.Response.ContentType = "text/event-stream";
        foreach (string chunk in Stream)
        {
            await OpenAIWire.SendAsync(call, chunk);
        }
    }
}
