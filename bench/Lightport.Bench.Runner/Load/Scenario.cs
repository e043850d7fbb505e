using System.Text;

namespace Lightport.Bench.Runner.Load;

/// <summary>A request that is sent again and again.</summary>
/// <param name="Name">As in the report.</param>
internal sealed record Scenario(string Name)
{
    public static Scenario Unary { get; } = new("unary");

    public static Scenario UnaryTranslated { get; } =
        new("unary, translated") { Translated = true, Model = "claude-bench" };

    public static Scenario Stream { get; } = new("stream") { Streamed = true };

    public static Scenario StreamTranslated { get; } =
        new("stream, translated") { Streamed = true, Translated = true, Model = "claude-bench" };

    public static Scenario Body64K { get; } = new("64 KB request") { BodyBytes = 64 * 1024 };

    public static Scenario Body1M { get; } = new("1 MB request") { BodyBytes = 1024 * 1024 };

    /// <summary>What every contender is asked for, as far as it can.</summary>
    public static IReadOnlyList<Scenario> Usual { get; } =
        [Unary, UnaryTranslated, Stream, StreamTranslated, Body64K, Body1M];

    /// <summary>Chat in, and out in each of the other dialects that providers speak.</summary>
    public static IReadOnlyList<Scenario> Spoken { get; } =
    [
        .. To("Responses", "o4-mini-bench"), .. To("Gemini", "gemini-bench"), .. To("Converse", "nova-bench"),
    ];

    public static IReadOnlyList<Scenario> All { get; } = [.. Usual, .. Spoken];

    public bool Streamed { get; init; }

    /// <summary>Chat in, another dialect out.</summary>
    public bool Translated { get; init; }

    /// <summary>Names the provider, and with it the dialect.</summary>
    public string Model { get; init; } = "gpt-bench";

    /// <summary>The same without translation, which the forwarder can do too.</summary>
    public Scenario Untranslated => !Translated ? this : Streamed ? Stream : Unary;

    /// <summary>Length of the body, most of it an image in base64; 0 for a short question.</summary>
    public int BodyBytes { get; init; }

    /// <summary>Tells the upstream what kind of stream is wanted (<c>-slow</c>, <c>-flood</c>).</summary>
    public string ModelSuffix { get; init; } = "";

    public string FileName => Name.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-') + ".json";

    public byte[] Body()
    {
        string model = Model + ModelSuffix;
        string stream = Streamed ? ",\"stream\":true" : "";
        string image = BodyBytes == 0
            ? ""
            : $$$""",{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Base64(BodyBytes - 512)}}}"}}""";
        return Encoding.UTF8.GetBytes(
            $$"""
            {"model":"{{model}}"{{stream}},"max_tokens":256,"temperature":0.2,"messages":[
            {"role":"system","content":"You are a lighthouse keeper. Answer in one short paragraph."},
            {"role":"user","content":[{"type":"text","text":"What did you see from the tower last night?"}{{image}}]}]}
            """);
    }

    private static Scenario[] To(string dialect, string model) =>
    [
        new($"unary, to {dialect}") { Translated = true, Model = model },
        new($"stream, to {dialect}") { Streamed = true, Translated = true, Model = model },
    ];

    private static string Base64(int length)
    {
        byte[] image = new byte[length / 4 * 3];
        for (int i = 0; i < image.Length; i++)
        {
            image[i] = (byte)((i * 31) ^ (i >> 7));
        }

        return Convert.ToBase64String(image);
    }
}
