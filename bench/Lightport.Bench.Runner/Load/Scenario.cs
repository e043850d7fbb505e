using System.Text;

namespace Lightport.Bench.Runner.Load;

/// <summary>A request that is sent again and again.</summary>
/// <param name="Name">As in the report.</param>
internal sealed record Scenario(string Name)
{
    public static Scenario Unary { get; } = new("unary");

    public static Scenario UnaryTranslated { get; } = new("unary, translated") { Translated = true };

    public static Scenario Stream { get; } = new("stream") { Streamed = true };

    public static Scenario StreamTranslated { get; } = new("stream, translated") { Streamed = true, Translated = true };

    public static Scenario Body64K { get; } = new("64 KB request") { BodyBytes = 64 * 1024 };

    public static Scenario Body1M { get; } = new("1 MB request") { BodyBytes = 1024 * 1024 };

    public static IReadOnlyList<Scenario> All { get; } =
        [Unary, UnaryTranslated, Stream, StreamTranslated, Body64K, Body1M];

    public bool Streamed { get; init; }

    /// <summary>Chat in, Anthropic out.</summary>
    public bool Translated { get; init; }

    /// <summary>Length of the body, most of it an image in base64; 0 for a short question.</summary>
    public int BodyBytes { get; init; }

    /// <summary>Tells the upstream what kind of stream is wanted (<c>-slow</c>, <c>-flood</c>).</summary>
    public string ModelSuffix { get; init; } = "";

    public string FileName => Name.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-') + ".json";

    public byte[] Body()
    {
        string model = (Translated ? "claude-bench" : "gpt-bench") + ModelSuffix;
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
