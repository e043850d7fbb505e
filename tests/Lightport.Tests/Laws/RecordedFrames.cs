using System.Text;
using System.Text.RegularExpressions;
using Lightport.Dialects;
using Lightport.Tests.Laws.Reading;

namespace Lightport.Tests.Laws;

/// <summary>Where a recorded stream can break.</summary>
internal static partial class RecordedFrames
{
    /// <summary>
    /// The places before, between and after its frames, up to the frame that says how the answer ends: cut at any of
    /// them, it has not come to its end.
    /// </summary>
    public static IReadOnlyList<int> Cuts(RecordedAnswer recorded)
    {
        var cuts = new List<int> { 0 };
        string text = Encoding.Latin1.GetString(recorded.Body);
        IEnumerable<int> ends = recorded.IsBinary
            ? AwsMessages.Ends(recorded.Body)
            : FrameEnd().Matches(text).Select(end => end.Index + end.Length);
        foreach (int end in ends)
        {
            if (TellsEnd(recorded, text[cuts[^1]..end], cuts[^1]))
            {
                break;
            }

            cuts.Add(end);
        }

        return cuts;
    }

    private static bool TellsEnd(RecordedAnswer recorded, string frame, int start) => recorded.Dialect switch
    {
        DialectIds.AnthropicBedrock => Stop().IsMatch(Encoding.UTF8.GetString(
            AwsMessages.Events(recorded.Body[start..(start + frame.Length)]))),
        DialectIds.AnthropicMessages => Stop().IsMatch(frame),
        DialectIds.AwsConverse => frame.Contains("messageStop", StringComparison.Ordinal),
        DialectIds.GoogleGemini => frame.Contains("\"finishReason\"", StringComparison.Ordinal)
            || frame.Contains("\"blockReason\"", StringComparison.Ordinal),
        DialectIds.OpenAIResponses => Ended().IsMatch(frame),
        _ => Finish().IsMatch(frame) || frame.Contains("data: [DONE]", StringComparison.Ordinal),
    };

    [GeneratedRegex(@"\r\n\r\n|\n\n|\r\r")]
    private static partial Regex FrameEnd();

    [GeneratedRegex("\"stop_reason\": ?\"")]
    private static partial Regex Stop();

    [GeneratedRegex("\"finish_reason\": ?\"")]
    private static partial Regex Finish();

    [GeneratedRegex("\"response\\.(completed|incomplete|failed)\"")]
    private static partial Regex Ended();
}
