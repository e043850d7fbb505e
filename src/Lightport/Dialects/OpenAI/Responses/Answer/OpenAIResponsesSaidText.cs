using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Counts an answer's text, in UTF-16 units: annotations count from the start of their own message, citations from that
/// of the answer.
/// </summary>
internal sealed class OpenAIResponsesSaidText
{
    public int Length { get; private set; }

    public void Add(string text) => Length += text.Length;

    public ContentPart Count(ContentPart part)
    {
        if (part is TextPart text)
        {
            Add(text.Text);
        }

        return part;
    }
}
