using System.Buffers;
using System.Text;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Exchanges;
using Lightport.Exchanges.Rules;
using Lightport.Tests.Laws;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;

namespace Lightport.Tests.Exchanges.Rules;

/// <summary>What a request holds beside text is seen, and a request without is known for it without being decoded.</summary>
public sealed class RequestModalitiesTests
{
    private static readonly DialectRegistry Dialects = BuiltInDialects.Create();

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"a picture of a document"}]}""", false)]
    [InlineData("""{"messages":[{"content":[{"type":"image_url"}]}]}""", true)]
    [InlineData("""{"messages":[{"content":[{"type":"imag\u0065_url"}]}]}""", true)]
    [InlineData("""{"messages":[{"content":[{"type" : "input_audio"}]}]}""", true)]
    [InlineData("""{"input":[{"content":[{"type":"input_file"}]}]}""", true)]
    [InlineData("""{"messages":[{"content":[{"type":"document"}]}]}""", true)]
    [InlineData("""{"contents":[{"parts":[{"inline_data":{"mime_type":"IMAGE/png"}}]}]}""", true)]
    [InlineData("""{"contents":[{"parts":[{"fileData":{"fileUri":"gs://a"}}]}]}""", true)]
    public void Marks_AreSeen(string body, bool may) =>
        Assert.Equal(may, MediaMarks.MayStandIn(Encoding.UTF8.GetBytes(body)));

    /// <summary>Of all that was ever recorded, nothing that decoding finds is missed.</summary>
    [SharedFact("recorded")]
    public void Recorded_RequestsWithoutMarks_HoldTextAlone()
    {
        int read = 0;
        foreach (RecordedAnswer recorded in Recordings.All.Where(recorded => recorded.Request.StartsWith('{')))
        {
            if (!MediaMarks.MayStandIn(Encoding.UTF8.GetBytes(recorded.Request)) && Decode(recorded) is { } request)
            {
                read++;
                Assert.DoesNotContain(RequestModalities.Of(request), word => word != "text");
            }
        }

        Assert.InRange(read, 50, int.MaxValue);
    }

    /// <summary>Null where it is not one that clients of this gateway may say.</summary>
    private static ChatRequest? Decode(RecordedAnswer recorded)
    {
        GatewayEndpoint? door = recorded.Dialect switch
        {
            DialectIds.OpenAIChat => GatewayEndpoints.ChatCompletions,
            DialectIds.OpenAIResponses => GatewayEndpoints.Responses,
            DialectIds.AnthropicMessages => GatewayEndpoints.Messages,
            DialectIds.GoogleGemini => GatewayEndpoints.GenerateContentBeta,
            _ => null,
        };
        if (door is null)
        {
            return null;
        }

        var context = new DefaultHttpContext();
        context.Request.Path = "/v1beta/models/m:generateContent";
        var request = new HttpClientRequest(door, context.Request);
        using var body = new PooledBuffer();
        body.Write(Encoding.UTF8.GetBytes(recorded.Request));
        request.Take(body);
        try
        {
            var served = (IServedConversation)Dialects.Of(door.Dialect!, door.Operation).Served!;
            return served.Decode(request, CancellationToken.None) as ChatRequest;
        }
        catch (GatewayException)
        {
            return null;
        }
    }
}
