using System.Buffers;
using System.Text;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Tests.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

/// <summary>Short words for what the tests of Responses do over and over.</summary>
internal static class ResponsesWire
{
    private const string Ask = """{"model":"m","input":"hi"}""";

    public static ChatRequest DecodeRequest(string json) => new ResponsesCoders(json).DecodeRequest();

    public static GatewayError RefusedRequest(string json) =>
        Assert.Throws<GatewayException>(() => DecodeRequest(json)).Error;

    public static string EncodeResponse(ChatResponse response, AnswerContext? context = null, string request = Ask)
    {
        var output = new ArrayBufferWriter<byte>();
        new ResponsesCoders(request).EncodeResponse(response, context ?? ChatWire.Context(), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static string EncodeStream(
        IEnumerable<StreamEvent> events, AnswerContext? context = null, string request = Ask) => ChatWire.EncodeStream(
            events, encoder: new ResponsesCoders(request).CreateStreamEncoder(context ?? ChatWire.Context()));
}
