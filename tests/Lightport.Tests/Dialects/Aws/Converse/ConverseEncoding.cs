using System.Buffers;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Aws.Converse;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Dialects.Aws.Converse;

/// <summary>Requests of either client's dialect, written for a model of Bedrock by the encoder alone.</summary>
internal static class ConverseEncoding
{
    public const string Nova = "us.amazon.nova-2-lite-v1:0";

    public static readonly string[] Models = [BedrockGateway.Claude, Nova, "us.meta.llama4-maverick-17b-instruct-v1:0"];

    /// <exception cref="GatewayException">The request is refused.</exception>
    public static JsonObject Write(string dialect, string request, string model)
    {
        ChatRequest chat = dialect == DialectIds.OpenAIChat
            ? ChatWire.DecodeRequest(request)
            : Wire.DecodeRequest(request);
        var output = new ArrayBufferWriter<byte>();
        AwsConverseRequestEncoder.Encode(
            chat,
            new EncodingContext
            {
                Model = model,
                Traits = TargetTraits.Default with { Thinking = ThinkingStyle.None },
                Losses = new LossLedger(UnsupportedPolicy.Drop, "bedrock/" + model),
            },
            output);
        return JsonNode.Parse(output.WrittenSpan)!.AsObject();
    }
}
