using System.Text;
using Lightport.Audit;

namespace Lightport.Tests.Audit;

public sealed class AuditContentTests
{
    [Theory]
    [InlineData("my key is sk-ant-api03-CANARYCANARY0123", "CANARY")]
    [InlineData("Authorization: Bearer CANARY0123456789", "CANARY")]
    [InlineData("AKIACANARY0123456789", "CANARY")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.CANARYCANARYCANARY.CANARYsig", "CANARY")]
    [InlineData("""{"password":"CANARY-pass"}""", "CANARY")]
    [InlineData("""{"text":"{\"api_key\": \"CANARY-pass\"}"}""", "CANARY")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\\nCANARY\\n-----END RSA PRIVATE KEY-----", "CANARY")]
    public void Secret_IsMasked(string text, string secret)
    {
        string? kept = AuditContent.Of(Encoding.UTF8.GetBytes(text));

        Assert.DoesNotContain(secret, kept, StringComparison.Ordinal);
        Assert.Contains("[masked]", kept, StringComparison.Ordinal);
    }

    [Fact]
    public void PlainText_Stays() =>
        Assert.Equal("What is the capital of France?", AuditContent.Of("What is the capital of France?"u8));

    [Fact]
    public void LongText_IsCutAndSecretsAtTheCutAreSeenWhole()
    {
        string text = new string('a', AuditContent.MostBytes - 10) + " sk-CANARY" + new string('0', 2000) + " end";
        string kept = AuditContent.Of(Encoding.UTF8.GetBytes(text))!;

        Assert.DoesNotContain("CANARY", kept, StringComparison.Ordinal);
        Assert.EndsWith($"… ({text.Length} bytes)", kept, StringComparison.Ordinal);
        Assert.InRange(kept.Length, AuditContent.MostBytes - 100, AuditContent.MostBytes + 30);
    }
}
