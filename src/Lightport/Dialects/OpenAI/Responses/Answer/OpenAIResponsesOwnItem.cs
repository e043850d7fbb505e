using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>An item that only Responses has a word for, as its provider told it.</summary>
internal sealed class OpenAIResponsesOwnItem(int index, OpaquePart part) : OpenAIResponsesItem(part.Id ?? "", index)
{
    public override void Write(Utf8JsonWriter writer) => writer.WriteOnOneLine(part.Json);
}
