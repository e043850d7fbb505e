using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects;

/// <summary>
/// Reads along with an answer, and tells where it is complete and does not keep to the schema that its client asked
/// for.
/// </summary>
internal sealed class AnswerSchemaWatch(JsonElement schema, AnswerLosses losses)
{
    /// <summary>A longer answer is not checked.</summary>
    private const int LongestChecked = 4_194_304;

    /// <summary>Null where the answer is none that the schema speaks of.</summary>
    private StringBuilder? _text = new();

    public void See(StreamEvent told)
    {
        switch (told)
        {
            case StreamEvent.TextDelta text when text.Choice == 0 && _text?.Length + text.Text.Length <= LongestChecked:
                _text!.Append(text.Text);
                break;
            case StreamEvent.TextDelta or StreamEvent.RefusalDelta or StreamEvent.PartStart { Part: ToolCallPart }:
                _text = null;
                break;
            case StreamEvent.ResponseEnd { Finish.Reason: FinishReason.Stop }
                when _text is not null && !JsonSchemaCheck.Holds(schema, _text.ToString()):
                losses.Add("response_format");
                break;
        }
    }
}
