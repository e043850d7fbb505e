using System.Text;
using Lightport.Conformance.Running;
using Lightport.Conformance.Tests.Gateways;

namespace Lightport.Conformance.Tests;

/// <summary>A stream with any frame lost, doubled or out of its place is seen to be broken.</summary>
public sealed class MangledStreamTests(Bench bench) : IClassFixture<Bench>
{
    private static readonly string[] Cases = ["text", "parallel", "reasoning", "citations", "length"];

    public static TheoryData<string> Dialects => [.. Bench.Dialects];

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Stream_WithAFrameLostDoubledOrMoved_Fails(string dialect)
    {
        var unseen = new List<string>();
        int made = 0;
        foreach (string id in Cases)
        {
            foreach ((string name, Func<IReadOnlyList<byte[]>, IEnumerable<byte[]>> mangle) in Mangling(await First(dialect, id)))
            {
                made++;
                Verdict verdict =
                    await bench.JudgeAsync(dialect, Bench.Of(id), stream: true, new Tampering { Frames = mangle });
                if (verdict.Outcome != Outcome.Failed)
                {
                    unseen.Add($"{id}: {name}");
                }
            }
        }

        Assert.True(made > 30, $"{made}");
        Assert.True(unseen.Count == 0, string.Join('\n', unseen));
    }

    /// <summary>The frames of a conversation's first answer.</summary>
    private async Task<IReadOnlyList<byte[]>> First(string dialect, string id)
    {
        IReadOnlyList<byte[]> first = [];
        await bench.JudgeAsync(dialect, Bench.Of(id), stream: true, new Tampering { Frames = frames => first = frames });
        return first;
    }

    private static IEnumerable<(string Name, Func<IReadOnlyList<byte[]>, IEnumerable<byte[]>>)> Mangling(
        IReadOnlyList<byte[]> frames)
    {
        for (int i = 0; i < frames.Count; i++)
        {
            int place = i;
            string text = Encoding.UTF8.GetString(frames[i]);
            if (IsIdle(text))
            {
                continue;
            }

            yield return ($"lost {text}", all => all.Where((_, at) => at != place));
            yield return ($"doubled {text}", all => all.SelectMany((one, at) => at == place ? [one, one] : new[] { one }));
            if (i + 1 < frames.Count && HaveOrder(text, Encoding.UTF8.GetString(frames[i + 1])))
            {
                yield return ($"late {text}", all =>
                    [.. all.Take(place), all[place + 1], all[place], .. all.Skip(place + 2)]);
            }
        }
    }

    /// <summary>
    /// Chat has a field for each kind of piece and a number for each call, so those come in any order among each other;
    /// and Messages cites before or after the words.
    /// </summary>
    private static bool HaveOrder(string one, string next) =>
        !IsIdle(next) && !next.Contains("citations_delta", StringComparison.Ordinal)
        && (!one.Contains("\"delta\":{\"", StringComparison.Ordinal) || !next.Contains("chat.completion.chunk", StringComparison.Ordinal)
            || Field(one) == Field(next));

    /// <summary>The field that a chunk of chat is of, and the call.</summary>
    private static string Field(string chunk)
    {
        int start = chunk.IndexOf("\"delta\":{", StringComparison.Ordinal) + "\"delta\":{".Length;
        int end = chunk.IndexOf("\"tool_calls\":[{\"index\":", start, StringComparison.Ordinal) is >= 0 and var call
            ? call + "\"tool_calls\":[{\"index\":0".Length
            : chunk.IndexOf(':', start);
        return end < start ? "" : chunk[start..end];
    }

    /// <summary>A ping says nothing wherever it stands.</summary>
    private static bool IsIdle(string frame) => frame.StartsWith("event: ping", StringComparison.Ordinal);
}
