using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects.Anthropic.Messages;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

public sealed class AnthropicMessagesErrorsTests
{
    [Theory]
    [InlineData(400, "invalid_request_error", "messages: at least one", ErrorKind.InvalidRequest, false)]
    [InlineData(400, "invalid_request_error", "prompt is too long: 9 tokens > 8 maximum", ErrorKind.ContextLength, false)]
    [InlineData(400, "invalid_request_error", "Your credit balance is too low", ErrorKind.QuotaExceeded, false)]
    [InlineData(401, "authentication_error", "invalid x-api-key", ErrorKind.Authentication, false)]
    [InlineData(402, "billing_error", "b", ErrorKind.QuotaExceeded, false)]
    [InlineData(403, "permission_error", "p", ErrorKind.Permission, false)]
    [InlineData(404, "not_found_error", "n", ErrorKind.NotFound, false)]
    [InlineData(413, "request_too_large", "r", ErrorKind.RequestTooLarge, false)]
    [InlineData(429, "rate_limit_error", "r", ErrorKind.RateLimit, true)]
    [InlineData(500, "api_error", "a", ErrorKind.Upstream, true)]
    [InlineData(504, "timeout_error", "t", ErrorKind.Timeout, true)]
    [InlineData(529, "overloaded_error", "o", ErrorKind.Overloaded, true)]
    public void ReadError_EachType_KeepsTypeAndMessageAndComesBack(
        int status, string type, string message, ErrorKind kind, bool retryable)
    {
        GatewayError error = Read(
            status, $$"""{"type":"error","error":{"type":"{{type}}","message":"{{message}}"},"request_id":"req_1"}""");

        Assert.Equal((status, type, message, kind, retryable), (error.Status, error.Type, error.Message, error.Kind, error.Retryable));
        Wire.Same(
            $$"""{"type":"error","error":{"type":"{{type}}","message":"{{message}}"},"request_id":"r"}""", Write(error));
    }

    [Fact]
    public void ReadError_Details_ReachTheClient()
    {
        GatewayError error = Read(
            400, """{"type":"error","error":{"type":"invalid_request_error","message":"m","details":{"error_code":"x"}}}""");

        Wire.Same("""{"error_code":"x"}""", Write(error)["error"]!["details"]);
    }

    [Theory]
    [InlineData(429, """{"error":{"message":"slow","type":"requests","code":"rate_limit_exceeded","param":null}}""", "slow", ErrorKind.RateLimit)]
    [InlineData(503, """{"error":"busy"}""", "busy", ErrorKind.Overloaded)]
    [InlineData(400, """{"message":"bad"}""", "bad", ErrorKind.InvalidRequest)]
    [InlineData(502, "upstream connect error", "upstream connect error", ErrorKind.Upstream)]
    [InlineData(502, "<html>secret</html>", "The provider answered with status 502 and no error that can be read.", ErrorKind.Upstream)]
    [InlineData(500, "", "The provider answered with status 500 and no error that can be read.", ErrorKind.Upstream)]
    [InlineData(404, "null", "The provider answered with status 404 and no error that can be read.", ErrorKind.NotFound)]
    public void ReadError_OtherBodies_AreUnderstoodAsFarAsTheyGo(int status, string body, string message, ErrorKind kind)
    {
        GatewayError error = Read(status, body);

        Assert.Equal((status, message, kind), (error.Status, error.Message, error.Kind));
    }

    [Theory]
    [InlineData(ErrorKind.ContentFilter, "invalid_request_error")]
    [InlineData(ErrorKind.QuotaExceeded, "billing_error")]
    [InlineData(ErrorKind.Internal, "api_error")]
    [InlineData(ErrorKind.Overloaded, "overloaded_error")]
    public void EncodeError_ForeignType_IsSaidInAnthropicsWords(ErrorKind kind, string type)
    {
        var error = new GatewayError(ErrorStage.Upstream, kind, 400, "m") { Type = "server_error" };

        Assert.Equal(type, (string?)Write(error)["error"]!["type"]);
    }

    [Fact]
    public void EncodeError_ContextLengthOfAnotherProvider_SaysWhatAgentsActUpon()
    {
        var error = new GatewayError(ErrorStage.Upstream, ErrorKind.ContextLength, 400, "maximum context length is 8192 tokens");

        Assert.Equal(
            "prompt is too long: maximum context length is 8192 tokens", (string?)Write(error)["error"]!["message"]);
    }

    private static GatewayError Read(int status, string body) =>
        AnthropicMessagesErrors.Read(status, Encoding.UTF8.GetBytes(body));

    private static JsonNode Write(GatewayError error)
    {
        var output = new ArrayBufferWriter<byte>();
        Wire.Dialect.EncodeError(error, "r", output);
        return JsonNode.Parse(output.WrittenSpan)!;
    }
}
