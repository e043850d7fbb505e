using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Running;
using Lightport.Conformance.Tests.Gateways;

namespace Lightport.Conformance.Tests;

/// <summary>A request that loses a field, or an item of its history, or has two in another order, is seen to be wrong.</summary>
public sealed class MangledRequestTests(Bench bench) : IClassFixture<Bench>
{
    /// <summary>What a provider cannot do without, or what says nothing of the conversation.</summary>
    private static readonly string[] Idle = ["model", "max_tokens", "stream", "stream_options", "store"];

    public static TheoryData<string> Dialects => [.. Bench.Dialects];

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Request_ThatLosesOrMovesAPiece_Fails(string dialect)
    {
        var unseen = new List<string>();
        int made = 0;
        foreach (Case asked in CaseTable.All.Where(asked => asked.Fault == Cases.Fault.None))
        {
            foreach ((string name, Action<JsonObject> mangle) in Mangling(await LastAsync(dialect, asked), asked.Reasons))
            {
                made++;
                Verdict verdict =
                    await bench.JudgeAsync(dialect, asked, stream: false, new Tampering { Request = mangle });
                if (verdict.Outcome != Outcome.Failed)
                {
                    unseen.Add($"{asked.Id}: {name} ({verdict.Outcome} {verdict.Detail})");
                }
            }
        }

        Assert.True(made > 50, $"{made}");
        Assert.True(unseen.Count == 0, string.Join('\n', unseen));
    }

    private async Task<JsonObject> LastAsync(string dialect, Case asked)
    {
        JsonObject last = [];
        await bench.JudgeAsync(dialect, asked, stream: false, new Tampering { Request = body => last = body.DeepClone().AsObject() });
        return last;
    }

    private static IEnumerable<(string Name, Action<JsonObject>)> Mangling(JsonObject last, bool reasons)
    {
        string list = last.ContainsKey("messages") ? "messages" : last.ContainsKey("contents") ? "contents" : "input";
        foreach ((string field, _) in last.Where(
            field => field.Key != list && !Idle.Contains(field.Key) && (reasons || field.Key != "include")))
        {
            yield return ($"lost {field}", body => body.Remove(field));
        }

        int count = last[list] is JsonArray items ? items.Count : 0;
        for (int i = 0; i < count; i++)
        {
            int place = i;
            yield return ($"lost {list}[{i}]", body => Change(body, list, count, all => all.RemoveAt(place)));
            if (i + 1 < count)
            {
                yield return ($"late {list}[{i}]", body => Change(body, list, count, all =>
                {
                    JsonNode? moved = all[place];
                    all.RemoveAt(place);
                    all.Insert(place + 1, moved);
                }));
            }
        }
    }

    /// <summary>Changes the history of the conversation's last request.</summary>
    private static void Change(JsonObject body, string list, int count, Action<JsonArray> change)
    {
        if (body[list] is JsonArray items && items.Count == count)
        {
            change(items);
        }
    }
}
