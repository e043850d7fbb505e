using System.Text;
using Lightport.Transport.Body;

namespace Lightport.Tests.Transport.Body;

public sealed class FormBodyTests
{
    private const string MediaType = "multipart/form-data; boundary=\"b-1\"";

    private const string Whole =
        "--b-1\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm\r\n"
        + "--b-1\r\ncontent-disposition: form-data; name=\"image[]\"; filename=\"é \\\"1\\\".png\"\r\n"
        + "Content-Type: image/png\r\n\r\n\r\n--b-\r\n\0\r\n"
        + "--b-1\r\nContent-Disposition: form-data; name=\"image[]\"; filename=\"2.png\"\r\n\r\n\r\n--b-1--\r\n";

    [Fact]
    public void Read_PartsByPosition()
    {
        FormBody form = Read(Whole)!;

        Assert.Equal(
            [("model", false, "m"), ("image[]", true, "\r\n--b-\r\n\0"), ("image[]", true, "")],
            form.Parts.Select(part => (part.Name, part.IsFile, Encoding.UTF8.GetString(form.Value(part)))));
        Assert.Equal("m", form.TextOf("model"));
        Assert.Null(form.TextOf("image[]"));
        Assert.Null(form.TextOf("Model"));
        Assert.Equal(1, form.TextBytes);
    }

    [Fact]
    public void With_AnotherValue_LeavesTheRestAsItWas()
    {
        FormBody form = Read(Whole)!;

        BodySegments changed = form.With("model", "other"u8.ToArray());

        Assert.Equal(
            Whole.Replace("\r\n\r\nm\r\n", "\r\n\r\nother\r\n", StringComparison.Ordinal),
            Encoding.UTF8.GetString(changed.ToArray()));
        Assert.Equal(Whole, Encoding.UTF8.GetString(form.With("none", "x"u8.ToArray()).ToArray()));
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=b-1; boundary=b-2")]
    [InlineData("multipart/mixed; boundary=b-1")]
    [InlineData("application/json")]
    [InlineData("")]
    public void IsForm_OtherMediaType_IsNone(string mediaType) => Assert.False(FormBody.IsForm(mediaType));

    /// <summary>What two readers could read in two ways, and what is no form at all.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("before\r\n--b-1\r\nPART\r\n\r\nm\r\n--b-1--")]
    [InlineData("--b-1\r\nPART\r\n\r\nm\r\n--b-1--behind")]
    [InlineData("--b-1\r\nPART\r\n\r\nm\r\n--b-1")]
    [InlineData("--b-1\r\nPART\r\n\r\nm\r\n--b-1x\r\n\r\n--b-1--")]
    [InlineData("--b-1\r\nPART\r\n\r\nm")]
    [InlineData("--b-1\r\nPART\n\nm\r\n--b-1--")]
    [InlineData("--b-1\r\nContent-Type: text/plain\r\n\r\nm\r\n--b-1--")]
    [InlineData("--b-1\r\nPART\r\nPART\r\n\r\nm\r\n--b-1--")]
    [InlineData("--b-1\r\nPART; name=other\r\n\r\nm\r\n--b-1--")]
    [InlineData("--b-1\r\nPART; name*=UTF-8''other\r\n\r\nm\r\n--b-1--")]
    [InlineData("--b-1\r\nPART\r\n folded\r\n\r\nm\r\n--b-1--")]
    [InlineData("--b-1\r\nPART\r\nContent-Transfer-Encoding: base64\r\n\r\nbQ==\r\n--b-1--")]
    [InlineData("--b-1\r\nPART\r\n\r\nm\r\n--b-1\r\nPART\r\n\r\nm\r\n--b-1--")]
    [InlineData("--b-1\r\nPART\r\n\r\nm\r\n--b-1\r\nPART; filename=f\r\n\r\nm\r\n--b-1--")]
    public void Read_Unsound_IsNone(string body) => Assert.Null(Read(
        body.Replace("PART", "Content-Disposition: form-data; name=model", StringComparison.Ordinal)));

    [Fact]
    public void Read_CutAnywhere_IsNoneAndNeverThrows()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Whole);
        for (int length = 0; length < whole.Length - 2; length++)
        {
            Assert.Null(FormBody.Read(MediaType, whole.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Read_AnyByteChanged_NeverThrows()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Whole);
        var chance = new Random(7);
        for (int round = 0; round < 5000; round++)
        {
            byte[] changed = [.. whole];
            changed[chance.Next(changed.Length)] = (byte)chance.Next(256);
            FormBody? form = FormBody.Read(MediaType, changed);
            Assert.All(form?.Parts ?? [], part => Assert.InRange(part.Start + part.Length, 0, changed.Length));
        }
    }

    private static FormBody? Read(string body) => FormBody.Read(MediaType, Encoding.UTF8.GetBytes(body));
}
