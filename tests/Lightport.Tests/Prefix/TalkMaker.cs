using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Strict;

namespace Lightport.Tests.Prefix;

/// <summary>Makes conversations of every oddity that clients have been seen to send, the same ones for a seed.</summary>
internal abstract class TalkMaker(Random random)
{
    /// <summary>The name that the gateway makes of an odd one, as a later call's own.</summary>
    private static readonly string Taken = "files_read_all_"
        + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(McpTools.Odd)))[..8];

    private static readonly string[] Words =
    [
        "Look.", "Go on, please.", "  white space on both sides \n", "Ünï\"cöde\" <&> \\ 日本", "", "   ",
        "Two\n\nlines.\n\n",
    ];

    private static readonly string[] Ids =
        ["call_1", "call.1", "call_1_2", "toolu_01", "same", "same", "an id/ü", "functions.read:0"];

    private static readonly string[] Tools =
        ["read", "write", McpTools.Odd, McpTools.Long, McpTools.Longer, "mcp__a__b", "lightport_structured_output"];

    protected const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    protected abstract Talk Talk { get; }

    public static Talk Make(string dialect, int seed, bool bills = false)
    {
        var random = new Random(seed);
        TalkMaker maker = dialect switch
        {
            DialectIds.AnthropicMessages => new MessagesTalkMaker(random, bills),
            DialectIds.GoogleGemini => new GeminiTalkMaker(random),
            DialectIds.GoogleInteractions => new InteractionsTalkMaker(random),
            DialectIds.OpenAIResponses => new ResponsesTalkMaker(random),
            _ => new ChatTalkMaker(random),
        };
        maker.Fill();
        return maker.Talk;
    }

    protected bool Chance(int percent) => random.Next(100) < percent;

    protected T Pick<T>(params T[] some) => some[random.Next(some.Length)];

    protected string Text() => Quote(Pick(Words));

    /// <summary>What the model, or a client, says where it must say something.</summary>
    protected string Said() => Quote($"{Pick(Words)}said{Pick(Words)}");

    protected static string Quote(string text) => JsonValue.Create(text).ToJsonString();

    protected string[] SomeTools() => [.. Tools.Where(_ => Chance(70))];

    /// <summary>Of an offered tool, or of one that is offered no more.</summary>
    protected (string Id, string Name)[] SomeCalls() =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (Pick(Ids), Chance(10) ? Taken : Pick(Tools)))];

    protected abstract void AddOpening();

    protected abstract void AddSystem();

    protected abstract void AddUser();

    protected abstract void AddCallsAndResults();

    protected abstract void AddAnswer();

    /// <summary>An answer that was cut, or that the client itself begins: the model is to go on from there.</summary>
    protected abstract void AddCut();

    /// <summary>What came after the cut, as a message of its own.</summary>
    protected abstract void AddRest();

    private void Fill()
    {
        AddOpening();
        for (int turn = random.Next(2, 5); turn > 0; turn--)
        {
            AddQuestion();
            for (int step = 0; step < 3 && Chance(50); step++)
            {
                AddCallsAndResults();
                Between(AddSystem);
                Talk.Ask();
            }

            if (Chance(20))
            {
                AddCut();
                Talk.Ask();
                AddRest();
            }
            else
            {
                AddAnswer();
            }
        }

        AddQuestion();
    }

    private void AddQuestion()
    {
        Between(AddSystem);
        AddUser();
        Between(AddSystem);
        Talk.Ask();
    }

    private void Between(Action add)
    {
        if (Chance(15))
        {
            add();
        }
    }
}
