using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Counts as Google is asked for them (https://ai.google.dev/api/tokens): the request that the conversation would be,
/// whole in a field of its own, since contents alone would leave out instructions and tools.
/// </summary>
internal sealed class GoogleGeminiCountSpoken : ISpoken
{
    public Call Write(ModelRequest request, CallContext context)
    {
        var encoding = EncodingContext.Of(context);
        using var content = new PooledBuffer(context.SizeHint, context.Budget);
        GoogleGeminiRequestEncoder.Encode((ChatRequest)request, context.Account, encoding, content);
        var buffer = new PooledBuffer(context.SizeHint, context.Budget);
        try
        {
            Write(context.Model, content.Written.Span, buffer);
            return new GoogleGeminiCountCall(context.Amended(buffer), buffer);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <param name="content">The request, an object that is not empty.</param>
    private static void Write(string model, ReadOnlySpan<byte> content, PooledBuffer output)
    {
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        writer.WriteStartObject("generateContentRequest"u8);
        writer.WriteString("model"u8, $"models/{model}");
        writer.Flush();
        output.Write(","u8);
        output.Write(content.TrimStart(" \t\r\n"u8)[1..]);
        output.Write("}"u8);
    }
}
